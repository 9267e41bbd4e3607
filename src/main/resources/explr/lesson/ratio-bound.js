// TEXP, TEXP++ and Theorem B.8's bound between them, in numbers, for a page without a kernel.
//
// The formulas, with their sources, stand in explr.conversion (PhaseRoot, Approach, BufferOffset, LogScale,
// GrowthRatio) and explr.theory (GrowthRatioBound, Equilibrium). Here are the same operations in the same order,
// so that the page agrees with Java to 1e-12; src/test/python/test_explorer.py holds the two together.
//
// A recipe is {starts, rates, weightDecay, momentum, iterations}: phase I begins at iteration starts[I] and has
// the rate rates[I] > 0. Numbers by iteration are natural logarithms in typed arrays, which are used again at the
// next recipe, so that a move makes no garbage.

const SPLITTER = 2 ** 27 + 1;

// a·b − product without rounding, where product is a·b rounded (Veltkamp, Dekker 1971): Java has fma.
const productError = (a, b, product) => {
  const aScaled = SPLITTER * a, aHigh = aScaled - (aScaled - a), aLow = a - aHigh;
  const bScaled = SPLITTER * b, bHigh = bScaled - (bScaled - b), bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
};

const critical = (momentum) => ((1 - momentum) / (1 + Math.sqrt(momentum))) ** 2;

const bits = new BigUint64Array(1);
const real = new Float64Array(bits.buffer);
const ulp = (x) => {
  real[0] = x;
  bits[0] += 1n;
  return real[0] - x;
};

// −ln(1 − x), as a compensated sum wants it.
const minusLog1m = (x) => {
  if (Math.abs(x) > 1 / 512) return -Math.log1p(-x);
  let tail = 1 / 7 + x * (1 / 8);
  tail = 1 / 6 + x * tail;
  tail = 1 / 5 + x * tail;
  tail = 1 / 4 + x * tail;
  tail = 1 / 3 + x * tail;
  tail = 1 / 2 + x * tail;
  return x + x * x * tail;
};

// The root of a phase; `exists` says whether it is real and positive, without which only `below` has a meaning.
const phaseRoot = (rate, decay, momentum) => {
  const root = Math.sqrt(momentum), square = root * root;
  const rootLow = root === 0 ? 0 : (momentum - square - productError(root, root, square)) / (2 * root);
  const minus = 1 - root, minusLow = 1 - minus - root - rootLow, high = minus * minus;
  const low = productError(minus, minus, high) + (2 * minus + minusLow) * minusLow;

  const product = rate * decay;
  const below = high - product + (low - productError(rate, decay, product));
  let separation = Math.sqrt(below * (below + 4 * root));
  if (below < 0) {
    const rounding = ulp(product) + (momentum === 0 ? 0 : ((1 - root) / root) * ulp(momentum));
    separation = below < -4 * rounding ? NaN : 0;
  }
  const oneMinus = (2 * product) / (1 - momentum + product + separation);
  const value = (Math.max(0, below) + 2 * root + separation) / 2;
  const smaller = momentum / value;
  return {
    rate, decay, momentum, below, separation, oneMinus, value, smaller,
    exists: value > 0,
    bufferOffset: oneMinus / (value * rate),
    logGrowth: Math.log1p(separation / smaller),
    growthOverDeviation: (1 + smaller / value) / value,
  };
};

// The difference of the buffer offsets of two phases that differ in their rate alone.
const bufferOffsetBetween = (root, next) => {
  const after = next.bufferOffset, difference = after - root.bufferOffset;
  const slope = root.separation - root.rate * root.momentum * difference;
  if (Math.abs(difference) > 1e-2 * after || slope <= 0) return difference;
  return (after * (next.decay + next.momentum * after) * (next.rate - root.rate)) / slope;
};

// d at the first step of a phase, from the root of the phase before and d at its last step.
const firstDeviation = (root, before, next) => {
  const offset = root
    ? -before / (root.rate * (root.value + before) * root.value) - bufferOffsetBetween(root, next)
    : -next.bufferOffset;
  return -next.rate * next.momentum * offset;
};

const endOf = (recipe, phase) => recipe.starts[phase + 1] ?? recipe.iterations;

// ln of the rates of TEXP++; returns for how many iterations it exists.
const texpPlusPlus = (recipe, logRate) => {
  const { weightDecay, momentum } = recipe;
  let high = 0, low = 0; // u, in two doubles
  let sum = 0, compensation = 0, before = 0; // ln P
  for (let phase = 0; phase < recipe.starts.length; phase++) {
    const rate = recipe.rates[phase], logOfRate = Math.log(rate), end = endOf(recipe, phase);
    for (let t = recipe.starts[phase]; t < end; t++) {
      const product = momentum * high, pull = weightDecay + product, shared = pull - product;
      const pullLow =
        product - (pull - shared) + (weightDecay - shared) + productError(momentum, high, product) + momentum * low;
      const minus = rate * pull, minusLow = productError(rate, pull, minus) + rate * pullLow;
      const alpha = 1 - minus, alphaLow = 1 - alpha - minus - minusLow;
      high = pull / alpha;
      const back = high * alpha;
      low = (pull - back - productError(high, alpha, back) + pullLow - high * alphaLow) / alpha;
      if (!(minus + minusLow < 1)) return t;

      const term = minusLog1m(minus + minusLow), next = sum + term;
      compensation += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
      sum = next;
      const after = sum + compensation;
      logRate[t] = logOfRate + before + after;
      before = after;
    }
  }
  return recipe.iterations;
};

// ln of the rates of TEXP.
const texp = (recipe, roots, logRate) => {
  let scale = 0;
  roots.forEach((root, phase) => {
    const start = recipe.starts[phase], end = endOf(recipe, phase);
    const logOfRate = Math.log(root.rate), growth = minusLog1m(root.oneMinus);
    for (let t = start; t < end; t++) logRate[t] = logOfRate + 2 * scale + (2 * (t - start) + 1) * growth;
    scale += (end - start) * growth;
  });
};

// ln |growth ratio − 1| and ln of the rate of TEXP++ over that of TEXP.
const growthRatio = (recipe, roots, logDistance, logRateRatio) => {
  let deviation = 0, before = 0, scale = 0;
  roots.forEach((root, phase) => {
    const { value, separation, logGrowth } = root;
    const start = recipe.starts[phase], length = endOf(recipe, phase) - start;
    const first = firstDeviation(roots[phase - 1], deviation, root);
    const toDistance = Math.log(root.growthOverDeviation) + Math.log(Math.abs(first));
    const excess = (n) => {
      if (n === 0 || first === 0) return 0;
      return separation === 0 ? (first * n) / value : (first * -Math.expm1(-n * logGrowth)) / separation;
    };

    const now = first / value;
    logDistance[start] = Math.log(Math.abs(before + now + before * now));
    const scaleAtStart = scale;
    let earlier = 0, last = 0; // ln(1 + excess) at n − 1 and n
    for (let n = 0; n < length; n++) {
      if (n > 0) logDistance[start + n] = first === 0 ? -Infinity : toDistance - (n - 1) * logGrowth - earlier;
      // Beyond 40 the excess no longer changes in a double.
      const next = n * logGrowth > 40 ? last : Math.log1p(excess(n + 1));
      const scaleAfter = scaleAtStart + next;
      logRateRatio[start + n] = -(scale + scaleAfter);
      scale = scaleAfter;
      earlier = last;
      last = next;
    }
    deviation = length === 1 || first === 0 ? first : (first * Math.exp(-(length - 1) * logGrowth)) / (1 + excess(length - 1));
    before = deviation / value;
  });
};

// ln of Theorem B.8's bounds, s ≥ 1 iterations after the first of a phase.
const growthRatioBound = (recipe, roots) => {
  const { weightDecay, momentum } = recipe;
  const largest = roots.reduce((a, b) => (b.rate > a.rate ? b : a));
  const x = largest.oneMinus / largest.value;
  const printedConstant = (3 * weightDecay * largest.rate) / (1 - momentum), correctedConstant = 2 * x + x * x;
  const logDecline = -largest.logGrowth;
  const logPower = (s) => (s === 1 ? 0 : (s - 1) * logDecline);
  const logPrintedConstant = Math.log(printedConstant), logCorrectedConstant = Math.log(correctedConstant);
  return {
    printedConstant, correctedConstant, logDecline,
    logPrinted: (s) => logPrintedConstant + logPower(s),
    logCorrected: (s) => logCorrectedConstant + logPower(s),
  };
};

// Where |growth ratio − 1| is above a bound, and by how many times at the most.
const exceedance = (recipe, logDistance, logConstant, logDecline) => {
  let iterations = 0, first = -1, last = -1, largest = -Infinity;
  recipe.starts.forEach((start, phase) => {
    const end = endOf(recipe, phase);
    for (let t = start + 1; t < end; t++) {
      const after = t - start - 1; // 0 · −∞ is no number
      const excess = logDistance[t] - (after === 0 ? logConstant : logConstant + after * logDecline);
      if (excess > 0) {
        if (iterations++ === 0) first = t;
        last = t;
      }
      if (excess > largest) largest = excess;
    }
  });
  return { iterations, first, last, times: Math.exp(largest) };
};

// The first iteration of a phase at which |growth ratio − 1| is below a size; -1 if none is.
const firstBelow = (recipe, logDistance, phase, size) => {
  const limit = Math.log(size), end = endOf(recipe, phase);
  for (let t = Math.max(1, recipe.starts[phase]); t < end; t++) if (logDistance[t] < limit) return t;
  return -1;
};

const equilibrium = (rate, decay, momentum) => ({
  relaxation: (1 - momentum) / (4 * decay * rate),
  anglePerStep: Math.sqrt((2 * rate * decay) / (1 + momentum)),
});

let arrays = [];
const arraysOf = (iterations) => {
  if (!(arrays[0]?.length >= iterations)) arrays = Array.from({ length: 4 }, () => new Float64Array(iterations));
  return arrays;
};

// All of it for one recipe. What needs a TEXP is null where λη is above the critical value in some phase.
const ratioBound = (recipe) => {
  const { rates, weightDecay, momentum, iterations } = recipe;
  const [logRate, logTexpRate, logDistance, logRateRatio] = arraysOf(iterations);
  const roots = rates.map((rate) => phaseRoot(rate, weightDecay, momentum));
  const exists = texpPlusPlus(recipe, logRate);
  const phases = roots.map((root, phase) => ({
    start: recipe.starts[phase],
    end: endOf(recipe, phase),
    root,
    partOfCritical: (root.rate * weightDecay) / critical(momentum),
    ...equilibrium(root.rate, weightDecay, momentum),
  }));
  if (exists < iterations || roots.some((root) => !root.exists)) return { recipe, phases, exists, logRate, comparison: null };
  texp(recipe, roots, logTexpRate);
  growthRatio(recipe, roots, logDistance, logRateRatio);
  const bound = growthRatioBound(recipe, roots);
  const comparison = {
    logTexpRate, logDistance, logRateRatio, bound,
    printed: exceedance(recipe, logDistance, bound.logPrinted(1), bound.logDecline),
    corrected: exceedance(recipe, logDistance, bound.logCorrected(1), bound.logDecline),
  };
  return { recipe, phases, exists, logRate, comparison };
};
