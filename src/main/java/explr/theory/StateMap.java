package explr.theory;

/**
 * A map of the states of training to themselves, as a step of an optimizer or a scaling, composed
 * as in Sections 2.1 and 2.2 of Li &amp; Arora 2020.
 *
 * @param <S> {@link PlainState} or {@link BufferedState}
 */
@FunctionalInterface
public interface StateMap<S> {

  /** The state that this map takes a state to. */
  S apply(S state);

  /** This map after another, this ∘ first. */
  default StateMap<S> after(StateMap<S> first) {
    return state -> apply(first.apply(state));
  }

  /** m_1 ∘ m_2 ∘ … ∘ m_n, written in the order of the paper: the last is applied first. */
  @SafeVarargs
  static <S> StateMap<S> compose(StateMap<S>... maps) {
    return state -> {
      S result = state;
      for (int i = maps.length - 1; i >= 0; i--) {
        result = maps[i].apply(result);
      }
      return result;
    };
  }
}
