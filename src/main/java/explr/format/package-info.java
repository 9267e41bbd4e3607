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
 * <p>README.md in the folder of this package describes every key; {@link
 * explr.format.FormatReference#help} lists the schedules. Each schedule has one entry in {@code
 * ScheduleFormats}, which says how to add one; its meaning, the boundaries included, is that of the
 * record in {@link explr.schedule}.
 *
 * <p>What is written reads back to an equal value, every double to the same bits. Reading refuses
 * an unknown key or a wrong value in one line: the path of the key, the value, what is allowed.
 */
package explr.format;
