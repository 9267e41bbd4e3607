/**
 * Recipe → equivalent recipe without weight decay, and back.
 *
 * <p>Start with {@link explr.conversion.TexpPlusPlus}, which converts any run exactly; {@link
 * explr.conversion.Twin} is what a conversion gives.
 *
 * <pre>{@code
 * var twin = TexpPlusPlus.of(recipe);
 * twin.logLearningRate(62_559);   // 60.5: e^60.5 = 2e26
 * }</pre>
 */
package explr.conversion;
