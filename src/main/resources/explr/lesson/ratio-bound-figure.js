// The figure of TEXP against TEXP++ at the sliders' values, drawn over the one that Java made at the start: curves
// by their names get other points, axes other ranges, and the table under it other numbers. RatioBoundFigure.java
// and RatioBoundReadout.java write the same; ratio-bound.js computes.

const EPOCHS = 160;
const FLOOR = -16 * Math.log(10); // ln of the least distance that is shown

// The recipe of 160 epochs that the sliders set.
const recipeOf = ([rate, decay, part, momentum, cosine, firstMilestone, firstDivisor, secondMilestone, secondDivisor, each]) => {
  const squaredSine = (x) => Math.sin((Math.PI / 2) * x) ** 2;
  const falling = (epoch) =>
    2 * epoch <= EPOCHS ? rate - rate * squaredSine(epoch / EPOCHS) : rate * squaredSine((EPOCHS - epoch) / EPOCHS);
  const divided = (epoch) => {
    const divisor = epoch < firstMilestone ? 1 : firstDivisor;
    return rate / (epoch < secondMilestone ? divisor : divisor * secondDivisor);
  };
  const starts = [], rates = [];
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const now = cosine ? falling(epoch) : divided(epoch);
    if (now === rates[rates.length - 1]) continue;
    starts.push(epoch * each);
    rates.push(now);
  }
  const weightDecay = part === 0 ? decay : (part * critical(momentum)) / rate;
  return { starts, rates, weightDecay, momentum, iterations: EPOCHS * each };
};

// The iterations at which curves by epoch have points: the ends of every phase, between which they are monotonic,
// and denser after its start, where they bend; the other iterations could not be told from these.
const drawnIterations = (phases, until) => {
  const drawn = new Set(), pieces = Math.max(1, Math.floor(150 / phases.length));
  for (const { start, end } of phases) {
    const last = Math.min(until, end) - 1 - start;
    for (let i = 0; i <= pieces && last >= 0; i++) drawn.add(start + Math.floor((i * last) / pieces));
    if (phases.length > 10) continue;
    for (let s = 1; s <= last; s += 1 + Math.floor((s * phases.length) / 8)) drawn.add(start + s);
  }
  return [...drawn].sort((a, b) => a - b);
};

// How far after the start of a phase there are points, up to where nothing is left to see.
const drawnAfter = ({ phases, comparison }) => {
  let limit = Math.max(...phases.map(({ start, end }) => end - start)) - 1;
  if (comparison) {
    const { logCorrected, logDecline } = comparison.bound;
    limit = Math.min(limit, 1 + Math.floor((logCorrected(1) - FLOOR) / -logDecline));
  }
  const after = [];
  for (let s = 1; s <= Math.max(10, limit); s += 1 + Math.floor(s / 32)) after.push(s);
  return after;
};

// ln of the largest |growth ratio − 1| s iterations after the start of some phases.
const largestDistance = ({ phases, comparison }, from, to, s) => {
  let largest = NaN;
  for (let i = from; i < to; i++) {
    const { start, end } = phases[i];
    if (start + s >= end) continue;
    const distance = comparison.logDistance[start + s];
    if (!(distance <= largest)) largest = distance;
  }
  return largest;
};

// Points of every curve by its name: [x, y].
const pointsOf = (numbers, each, after) => {
  const { phases, exists, logRate, comparison } = numbers;
  const gap = (y) => (Number.isFinite(y) ? y : null);
  const drawn = drawnIterations(phases, exists), epochs = drawn.map((t) => t / each);
  const nothing = (x) => [x, x.map(() => null)];
  const curve = (value) => [after, after.map((s, i) => gap(value(s, i)))];
  const points = { "TEXP++": [epochs, drawn.map((t) => gap(logRate[t] / Math.LN10))] };
  points["the bound"] = [[1, after[after.length - 1]], [1, 1]];
  if (!comparison) {
    for (const name of ["TEXP", "TEXP++ over TEXP"]) points[name] = nothing(epochs);
    for (const name of ["phase 1", "later phases", "exceeded", "printed", "corrected", "over the printed", "over the corrected"]) {
      points[name] = nothing(after);
    }
    return points;
  }
  const { logTexpRate, logRateRatio, bound } = comparison;
  const first = after.map((s) => largestDistance(numbers, 0, 1, s));
  const later = after.map((s) => largestDistance(numbers, 1, phases.length, s));
  const largest = after.map((s) => largestDistance(numbers, 0, phases.length, s));
  const printed = after.map(bound.logPrinted), corrected = after.map(bound.logCorrected);
  return Object.assign(points, {
    TEXP: [epochs, drawn.map((t) => gap(logTexpRate[t] / Math.LN10))],
    "TEXP++ over TEXP": [epochs, drawn.map((t) => gap(logRateRatio[t]))],
    "phase 1": curve((s, i) => first[i] / Math.LN10),
    "later phases": curve((s, i) => later[i] / Math.LN10),
    exceeded: curve((s, i) => (largest[i] > printed[i] ? largest[i] / Math.LN10 : NaN)),
    printed: curve((s, i) => printed[i] / Math.LN10),
    corrected: curve((s, i) => corrected[i] / Math.LN10),
    "over the printed": curve((s, i) => Math.exp(largest[i] - printed[i])),
    "over the corrected": curve((s, i) => Math.exp(largest[i] - corrected[i])),
  });
};

// At most four significant digits, as explr.text.Numbers writes them.
const numberText = (value) => {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const [digits, exponent] = value.toExponential(3).split("e");
  return exponent >= -3 && exponent < 5
    ? String(Number(`${digits}e${exponent}`))
    : `${Number(digits)}·10^${Number(exponent)}`;
};

const countText = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

const verdictText = ({ iterations, first, last, times }) => {
  if (iterations === 0) return `holds; at most ${numberText(times)} of it is reached`;
  return iterations === 1
    ? `FAILS at t = ${countText(first)}, by ${numberText(times)} times`
    : `FAILS at ${countText(iterations)} iterations, t = ${countText(first)} … ${countText(last)}, ` +
        `by up to ${numberText(times)} times`;
};

const comparisonRows = ({ recipe, phases, exists, comparison }) => {
  if (!comparison) {
    const phase = 1 + phases.findIndex(({ root }) => !root.exists);
    return [
      ["TEXP", `undefined: in phase ${numberText(phase)} λη is above its critical value`],
      ["TEXP++", exists === recipe.iterations
        ? "exists throughout"
        : `exists for ${countText(exists)} iterations; then α would not be above 0`],
    ];
  }
  const { bound, printed, corrected, logRateRatio } = comparison;
  return [
    [`printed bound, C = ${numberText(bound.printedConstant)}`, verdictText(printed)],
    [`corrected bound, C = ${numberText(bound.correctedConstant)}`, verdictText(corrected)],
    ["rate of TEXP++ over TEXP’s at the end", numberText(Math.exp(logRateRatio[recipe.iterations - 1]))],
  ];
};

const readoutOf = (numbers) => {
  const { recipe, phases, comparison } = numbers, n = phases.length;
  const shown = n <= 3 ? [...phases.keys()] : [0, Math.floor((n - 1) / 2), n - 1];
  const row = (label, text) => [label, ...shown.map((i) => text(phases[i], i))];
  const below = (phase) => (comparison ? firstBelow(recipe, comparison.logDistance, phase, 1e-6) : -1);
  return [
    ...comparisonRows(numbers),
    ["weight decay λ", numberText(recipe.weightDecay)],
    ["critical λη = (1 − √γ)²", numberText(critical(recipe.momentum))],
    row("", (phase, i) => (n > 3 && i === 0 ? `phase 1 of ${countText(n)}` : `phase ${countText(i + 1)}`)),
    row("learning rate η", ({ root }) => numberText(root.rate)),
    row("λη over the critical", ({ partOfCritical }) => numberText(partOfCritical)),
    row("distance from the critical", ({ root }) => numberText(root.below)),
    row("1 − z, of the root z", ({ root }) => (root.exists ? numberText(root.oneMinus) : "—")),
    row("|growth ratio − 1| < 10^-6 from t", (phase, i) => (below(i) < 0 ? "—" : countText(below(i)))),
    row("equilibrium time (iterations)", ({ relaxation }) => numberText(relaxation)),
    row("equilibrium angle (rad a step)", ({ anglePerStep }) => numberText(anglePerStep)),
  ];
};

// From the least to the greatest y of some curves and a little more.
const rangeAround = (...curves) => {
  const values = curves.flatMap(([, y]) => y).filter((y) => y !== null);
  if (values.length === 0) return [0, 1];
  const least = Math.min(...values), greatest = Math.max(...values);
  const more = Math.max(0.001, 0.05 * (greatest - least));
  return [least - more, greatest + more];
};

const ratioBoundFigure = (values, start) => {
  const each = values[9], numbers = ratioBound(recipeOf(values)), after = drawnAfter(numbers);
  const points = pointsOf(numbers, each, after);
  const ranges = {
    yaxis: rangeAround(points["TEXP++"], points.TEXP),
    yaxis2: rangeAround(points["TEXP++ over TEXP"]),
    xaxis3: [0, Math.log10(after[after.length - 1])],
  };
  const layout = { ...start.layout, meta: { ...start.layout.meta, readout: readoutOf(numbers) } };
  for (const [axis, range] of Object.entries(ranges)) layout[axis] = { ...layout[axis], range };
  const data = start.data.map((trace) => {
    const [x, y] = points[trace.name];
    return { ...trace, x, y };
  });
  return { data, layout };
};
