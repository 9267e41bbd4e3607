/**
 * Schedules of learning rate, weight decay and momentum, and the recipes made of them.
 *
 * <p>{@link explr.schedule.Schedule} is a value of the iteration, {@link explr.schedule.Recipe}
 * what a run is trained by:
 *
 * <pre>{@code
 * var epochs = Epochs.of(391);
 * var recipe = Recipe.of(
 *     StepDecay.from(0.1).dividedBy(10).after(80, 120).perEpoch(epochs),
 *     5e-4, 0.9, epochs.iterations(160));
 * }</pre>
 *
 * <p>Iterations are counted from 0. A milestone is the first iteration with the new value. A ramp
 * over T iterations has its first value at t = 0, its last at t = T, and keeps it; a run of T
 * iterations ends with t = T − 1, one step before. Every schedule refuses a negative iteration;
 * only {@link explr.schedule.Tabulated} has an end. Any lambda {@code t -> …} is a schedule too.
 *
 * <table>
 * <caption>What PyTorch, optax and timm call these schedules</caption>
 * <tr><th>here</th><th>torch.optim.lr_scheduler</th><th>optax</th><th>timm.scheduler</th></tr>
 * <tr><td>{@code Schedule.constant}</td><td></td><td>constant_schedule</td><td></td></tr>
 * <tr><td>{@code StepDecay}</td><td>MultiStepLR</td><td>piecewise_constant_schedule with equal
 *     scales</td><td>MultiStepLRScheduler</td></tr>
 * <tr><td>{@code Exponential…perEpoch(Epochs.of(n))}</td><td>StepLR with step_size n</td>
 *     <td>exponential_decay with staircase and transition_steps n</td><td>StepLRScheduler with
 *     decay_t n</td></tr>
 * <tr><td>{@code Exponential}</td><td>ExponentialLR</td><td>exponential_decay; transition_steps is
 *     {@code every}</td><td></td></tr>
 * <tr><td>{@code Linear}</td><td>LinearLR</td><td>linear_schedule</td><td></td></tr>
 * <tr><td>{@code Polynomial}</td><td>PolynomialLR</td><td>polynomial_schedule</td>
 *     <td>PolyLRScheduler</td></tr>
 * <tr><td>{@code Cosine}</td><td>CosineAnnealingLR up to T_max; it rises again after, this one
 *     stays</td><td>cosine_decay_schedule; {@code to} is alpha times {@code from}</td>
 *     <td>CosineLRScheduler</td></tr>
 * <tr><td>{@code CosineRestarts}</td><td>CosineAnnealingWarmRestarts; {@code lengthening} is
 *     T_mult</td><td></td><td>CosineLRScheduler with cycle_mul, cycle_decay and cycle_limit</td></tr>
 * <tr><td>{@code Triangular}, {@code …repeatedEvery(rise + fall)}</td><td>CyclicLR, mode
 *     triangular</td><td></td><td></td></tr>
 * <tr><td>{@code OneCycle}</td><td>OneCycleLR of T steps: {@code over(T - 1).withRise(r)}, r = pct_start
 *     · T − 1, because it counts to its last step</td><td>cosine_onecycle_schedule (the rate
 *     alone)</td><td></td></tr>
 * <tr><td>{@code …warmedUp(s, n)}</td><td>LinearLR and another in ChainedScheduler</td><td></td>
 *     <td></td></tr>
 * <tr><td>{@code Linear…during(n).then(Cosine…)}</td><td>LinearLR and CosineAnnealingLR in
 *     SequentialLR</td><td>warmup_cosine_decay_schedule, whose decay_steps include the
 *     warm-up</td><td>CosineLRScheduler with warmup_t n and warmup_prefix</td></tr>
 * <tr><td>{@code Linear…during(n).then(Cosine….skipping(n))}</td><td></td><td></td>
 *     <td>CosineLRScheduler with warmup_t n, by default</td></tr>
 * <tr><td>{@code schedule.times(c).during(n).then(schedule.skipping(n))}</td><td>ConstantLR and
 *     another in ChainedScheduler</td><td></td><td></td></tr>
 * <tr><td>{@code Phases}</td><td>SequentialLR</td><td>join_schedules; sgdr_schedule</td><td></td></tr>
 * <tr><td>{@code ReduceOnPlateau}</td><td>ReduceLROnPlateau, mode min, threshold 1e-4</td>
 *     <td>contrib.reduce_on_plateau</td><td>PlateauLRScheduler</td></tr>
 * <tr><td>{@code Tabulated}, a lambda</td><td>LambdaLR gives a factor, not the rate</td><td>any
 *     function</td><td></td></tr>
 * </table>
 */
package explr.schedule;
