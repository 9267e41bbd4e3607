package explr.experiment;

import explr.schedule.Rates;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One kind of run that figures show, whatever the seed.
 *
 * @param name unique, fit for a folder's name
 * @param title as a reader sees it
 * @param rates what drives it
 * @param configuration what decides the rates, for the manifest
 */
public record Curve(String name, String title, Rates rates, Map<String, Object> configuration) {

  /** Keeps the configuration from being changed. */
  public Curve {
    configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
  }
}
