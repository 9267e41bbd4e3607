/**
 * Recipes as JSON files, and what they are converted to as CSV, JSON and Python.
 *
 * <p>{@link explr.format.RecipeFile} is a recipe's file, {@link explr.format.ConvertedRecipe} a
 * converted one. {@code environment/convert} does the same from the command line.
 *
 * <pre>{@code
 * {
 *   "learning_rate": {"schedule": "step_decay", "from": 0.1, "divided_by": 10, "after": [80, 120], "per_epoch": 391},
 *   "weight_decay": 5e-4,
 *   "momentum": 0.9,
 *   "epochs": 160,
 *   "iterations_per_epoch": 391
 * }
 * }</pre>
 *
 * <p>Needed are learning_rate, weight_decay, momentum, and the length: iterations, or epochs with
 * iterations_per_epoch. The latter may also stand beside iterations, for messages to name epochs.
 * {@code "nesterov": true} and {@code "decoupled": true} say that the recipe is for another
 * optimizer than PyTorch's SGD with momentum. Instead of learning_rate and momentum there may be
 * {@code "one_cycle": {"peak": 0.4, "over": 10000}}, with start, end, high_momentum, low_momentum
 * and rise where they are not the field's defaults; its length is the run's unless iterations says
 * otherwise.
 *
 * <p>A schedule is a number, the same at every iteration, or an object. Its meaning, the boundaries
 * included, is that of the record of the same name in {@link explr.schedule}; what is given here in
 * parentheses may be left away:
 *
 * <pre>{@code
 * {"schedule": "constant", "value": 0.1}
 * {"schedule": "step_decay", "from": 0.1, "divided_by": 10, "after": [31280, 46920]}     or multiplied_by
 * {"schedule": "exponential", "from": 0.1, "multiplied_by": 1.48123, "every": 391}       (every: 1)
 * {"schedule": "linear", "from": 0.1, "to": 0.001, "over": 1000}                         (to: 0)
 * {"schedule": "polynomial", "from": 0.1, "to": 0, "over": 1000, "power": 2}             (to: 0)
 * {"schedule": "cosine", "from": 0.1, "to": 0.001, "over": 1000}                         (to: 0)
 * {"schedule": "cosine_restarts", "from": 0.1, "to": 0, "period": 10, "lengthening": 2, "decay": 0.9}
 *                                                            (to: 0, lengthening: 1, decay: 1)
 * {"schedule": "triangular", "low": 0, "high": 0.1, "rise": 25, "fall": 15}              (low: 0)
 * {"schedule": "table", "values": [0.1, 0.2, 0.1]}
 * {"schedule": "table", "logarithms": ["-inf", -2.3, 709.9]}                   natural logarithms
 * {"schedule": "table", "csv": "rates.csv", "column": "learning_rate"}         a file beside this one
 * {"schedule": "table", "csv": "rates.csv", "column": "ln_learning_rate", "logarithms": true}
 * {"schedule": "phases", "phases": [
 *   {"schedule": "linear", "from": 0, "to": 0.1, "over": 500, "during": 500},
 *   {"schedule": "cosine", "from": 0.1, "over": 3500}]}                  the last may have no during
 * }</pre>
 *
 * <p>Any of them may be modified by further keys, which are applied in this order:
 *
 * <pre>{@code
 * {..., "per_epoch": 391}                               counts epochs of 391 iterations
 * {..., "warmed_up": {"start_factor": 0, "over": 500}}  times a line from 0 to 1       (start_factor: 0)
 * {..., "repeated_every": 1000}                         from its start again
 * {..., "times": 0.5}                                   every value halved
 * }</pre>
 *
 * <p>For another order, a schedule itself may stand where its name does: {@code {"schedule":
 * {"schedule": "cosine", "from": 0.1, "over": 100, "times": 0.5}, "per_epoch": 391}}.
 *
 * <p>What is written reads back to an equal value, every double to the same bits. Reading refuses
 * what it does not know, in one line with the path of the key, the value, and what may be there.
 */
package explr.format;
