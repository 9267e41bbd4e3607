package explr.ledger;

/** What runs say of a claim. */
public enum Decision {
  /** All values that the runs leave possible satisfy the claim. */
  HOLDS("holds"),

  /** None of them does. */
  FAILS("fails"),

  /** Some do and some do not, or the runs cannot speak of the claim at all. */
  NOT_DECIDABLE("not decidable");

  private final String words;

  Decision(String words) {
    this.words = words;
  }

  /** For people: {@code not decidable}. */
  @Override
  public String toString() {
    return words;
  }
}
