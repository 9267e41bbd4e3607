/**
 * Recipe → equivalent recipe without weight decay, and back.
 *
 * <p>Start with {@link explr.conversion.TexpPlusPlus}, which converts any run exactly; {@link
 * explr.conversion.Twin} is what a conversion gives, {@link explr.conversion.Conversion} lists them
 * by name.
 *
 * <pre>{@code
 * var twin = TexpPlusPlus.of(recipe);
 * twin.logLearningRate(62_559);   // 26.2: the rate is 2.5e11 where the recipe's is 0.001
 * }</pre>
 *
 * <p>All hold for a loss with L(cθ) = L(θ), c &gt; 0, and for momentum SGD as in {@link
 * explr.schedule.Rates}. Normalisation's ε must scale with the weights or be negligible.
 *
 * <table>
 * <caption>The conversions, what they assume and how exact they are</caption>
 * <tr><th>conversion</th><th>source</th><th>assumes</th><th>exactness</th></tr>
 * <tr><td>{@code ExpLr}</td><td>Theorem 2.9; 2.1 for γ = 0</td><td>constant η &gt; 0, λ, γ; λη ≤ (1 −
 *     √γ)²</td><td>exact with its correction at t = 0; without, 2e-3 in the direction at the paper's
 *     settings</td></tr>
 * <tr><td>{@code Texp}</td><td>Theorems 2.12, B.2</td><td>η &gt; 0 and λη ≤ (1 − √γ)² in every
 *     phase</td><td>exact with a correction where a phase begins</td></tr>
 * <tr><td>{@code TexpPlusPlus}</td><td>Theorem 2.13</td><td>α &gt; 0; any η ≥ 0, λ ≥ 0, γ</td>
 *     <td>exact without corrections</td></tr>
 * <tr><td>{@code TexpMinusMinus}</td><td>equation 8</td><td>as {@code Texp}, for η_0</td><td>exact
 *     for another recipe: constant η_0 and λη/η_0</td></tr>
 * <tr><td>{@code DecoupledDecay}</td><td></td><td>decoupled decay, λη &lt; 1</td><td>exact, with a
 *     smaller momentum</td></tr>
 * <tr><td>{@code Conversion.RATE_INSIDE_BUFFER}</td><td>Theorem 2.13</td><td>the momentum of Keras, DJL
 *     and MXNet; no rate that falls to 0</td><td>exact, with a momentum above 1 where the rate
 *     drops</td></tr>
 * <tr><td>{@code PlateauTaper}</td><td>end of the introduction</td><td>as {@code TexpPlusPlus}</td>
 *     <td>exact twin of {@code ReduceOnPlateau}</td></tr>
 * <tr><td>{@code WithDecay}</td><td></td><td>a run without decay, of momentum SGD or with decoupled
 *     decay</td><td>exact, with a factor of the buffers where the decay is decoupled</td></tr>
 * <tr><td>{@code Reverse}</td><td></td><td>a run without decay</td><td>exact; a family of
 *     answers</td></tr>
 * <tr><td>{@code DecayPerStep}</td><td>second blog post</td><td>λη &lt; 1</td><td>the same run in
 *     other parameters</td></tr>
 * <tr><td>{@code NesterovTwin}</td><td></td><td>Nesterov's momentum, α &gt; 0</td><td>exact, with its
 *     own momentum and a factor of the buffer</td></tr>
 * <tr><td>{@code FollowingBuffers}</td><td></td><td>decoupled decay, λη &lt; 1: AdamW, Lion, signSGD,
 *     Muon, SGDW</td><td>exact, with a factor of the buffers and of ε</td></tr>
 * <tr><td>{@code SmallerBetas}</td><td></td><td>AdamW, all constant</td><td>exact for Adam with other
 *     β and ε</td></tr>
 * </table>
 */
package explr.conversion;
