/**
 * <linreg-playground figure="line|rate">: a figure of the lecture that a reader can touch.
 *
 * In it are a drawing, a still picture without this script, and the numbers of a run as JSON. It
 * computes as the package does, in double precision, and loads nothing.
 */
"use strict";

(() => {
  if (customElements.get("linreg-playground")) return; // the page holds this script more than once

  const STILL = matchMedia("(prefers-reduced-motion: reduce)");
  const QUIET = 400; // milliseconds of rest before a change is said aloud
  const TICK = 60; // milliseconds between the pictures of a run
  const MOST = 5000; // steps of a run
  const FAR = 1e5; // pixels from which on nothing is drawn

  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
  const scale = ([a, b], [c, d]) => (value) => c + ((value - a) / (b - a)) * (d - c);

  const put = (node, attributes) => {
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  };

  /** Write a number with a true minus and so many digits behind the point. */
  const fixed = (value, places) =>
    value.toFixed(places).replace(/^-(?=[0.]*$)/, "").replace("-", "−");

  /** Write a number with three digits, as a power of ten where it is large or tiny. */
  const significant = (value) => {
    const size = Math.abs(value);
    if (!(size < Infinity)) return `${value}`.toLowerCase().replace("inity", "").replace("-", "−");
    if (value === 0 || (size >= 1e-3 && size < 1e5)) {
      return fixed(value, value ? clamp(2 - Math.floor(Math.log10(size)), 0, 5) : 2);
    }
    const [mantissa, power] = value.toExponential(2).replace("+", "").split("e");
    const raised = power.replace(/./g, (digit) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(digit)]);
    return `${mantissa}×10${raised}`.replace("-", "−");
  };

  /** Places of numbers in a drawing, and the number at a pointer's height. */
  const places = ({ left, right, top, bottom }, { across, up }, svg) => ({
    x: scale(across, [left, right]),
    y: scale(up, [bottom, top]),
    height: ({ clientX, clientY }) => {
      const at = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
      return scale([bottom, top], up)(at.y);
    },
  });

  class LinregPlayground extends HTMLElement {
    #said = 0;

    connectedCallback() {
      if (document.readyState === "loading") {
        // The script may come before the data.
        document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
      } else {
        this.#begin();
      }
    }

    #begin() {
      const source = this.querySelector("[type='application/json']");
      if (!source || this.data) return;
      this.data = JSON.parse(source.textContent);
      if (this.getAttribute("figure") === "line") this.#line();
      else this.#rate();
    }

    #all(name) {
      return [...this.querySelectorAll(`.${name}`)];
    }

    /** Show numbers with what writes each, in the order of their names. */
    #show(...numbers) {
      this.#all("value").forEach((node, k) => {
        const [value, write = significant] = numbers[k];
        put(node, { value });
        node.textContent = write(value);
      });
    }

    #say(text) {
      clearTimeout(this.#said);
      this.#said = setTimeout(() => { this.#all("said")[0].textContent = text; }, QUIET);
    }

    /** Let a line be moved by its ends through examples; its squares and its loss follow. */
    #line() {
      const { x, y, frame, end, step, digits, texts, rising, plot, curve } = this.data;
      const { w, b } = this.data;
      const at = { w, b }; // of now
      const exact = (value) => fixed(value, digits);
      const svg = this.querySelector("svg");
      const left = places(frame, plot, svg), right = places(frame, curve);
      const [squares, sticks, handles] = ["square", "stick", "handle"].map((name) => this.#all(name));
      const [mean, line, parabola, foot, ball] =
        ["mean", "line", "curve", "foot", "ball"].map((name) => this.#all(name)[0]);
      const error = (i, weight) => weight * x[i] + at.b - y[i];
      const area = (weight) => sum(x.map((_, i) => error(i, weight) ** 2)) / x.length;

      /** Both ends of the line stay in the drawing. */
      const bounds = (name) => {
        const [low, high] = plot.up, rise = at.w * end;
        return name === "w" ? [(low - at.b) / end, (high - at.b) / end]
          : [Math.max(low, low - rise), Math.min(high, high - rise)];
      };
      const draw = () => {
        const unit = left.y(0) - left.y(1), ends = [at.b, at.b + at.w * end].map(left.y);
        const loss = area(at.w) / 2, side = Math.sqrt(2 * loss) * unit;
        x.forEach((value, i) => {
          const from = left.x(value), top = left.y(Math.max(y[i], at.w * value + at.b));
          const size = Math.abs(error(i, at.w)) * unit;
          put(squares[i], { x: from + size > frame.right ? from - size : from, y: top,
            width: size, height: size });
          put(sticks[i], { d: `M${from} ${top}v${size}` });
        });
        put(mean, { x: left.x(end) - side, y: rising ? frame.bottom - side : frame.top,
          width: side, height: side });
        put(line, { d: `M${left.x(0)} ${ends[0]}L${left.x(end)} ${ends[1]}` });
        const weight = scale([0, 60], curve.across);
        put(parabola, { d: `M${Array.from({ length: 61 }, (_, k) =>
          `${right.x(weight(k))} ${right.y(area(weight(k)) / 2)}`).join("L")}` });
        put(ball, { transform: `translate(${right.x(at.w)} ${right.y(loss)})` });
        put(foot, { d: `M${right.x(at.w)} ${right.y(loss)}V${frame.bottom}` });
        ["b", "w"].forEach((name, k) => {
          const [least, most, now] = [...bounds(name), at[name]].map((value) => value.toFixed(12));
          put(handles[k], { transform: `translate(${left.x(k * end)} ${ends[k]})`,
            "aria-valuemin": least, "aria-valuemax": most, "aria-valuenow": now,
            "aria-valuetext": exact(at[name]) });
        });
        this.#show([at.w, exact], [at.b, exact], [2 * loss], [loss]);
        return loss;
      };
      ["b", "w"].forEach((name, k) => {
        const handle = handles[k];
        const set = (value) => {
          at[name] = clamp(value, ...bounds(name));
          const loss = significant(draw());
          this.#say(`${name} ${exact(at[name])}, ${texts.loss} ${loss}`);
        };
        put(handle, { role: "slider", tabindex: 0, "aria-orientation": "vertical" });
        handle.addEventListener("pointerdown", (event) => {
          handle.setPointerCapture(event.pointerId);
          handle.focus({ focusVisible: false, preventScroll: true });
          event.preventDefault();
        });
        // A finger that moves a handle does not scroll the page.
        handle.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
        handle.addEventListener("pointermove", (event) => {
          if (!handle.hasPointerCapture(event.pointerId)) return;
          const height = left.height(event);
          set(name === "w" ? (height - at.b) / end : height);
        });
        handle.addEventListener("keydown", (event) => {
          const now = at[name], [Home, End] = bounds(name);
          const to = { Home, End, ArrowUp: now + step, ArrowRight: now + step, ArrowDown: now - step,
            ArrowLeft: now - step, PageUp: now + 10 * step, PageDown: now - 10 * step }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          set(to);
        });
      });
      draw();
    }

    /** Descend with all examples; the loss is |T v|^2 / n of v = (w1, w2, b, -1). */
    #rate() {
      const { triangle, examples, rates, typed, curvature, lowest, rings, levels, frame, texts } =
        this.data;
      const { x, y } = places(frame, this.data.map);
      const ellipses = this.#all("ring"), [step, run, again] = this.querySelectorAll("button");
      const [choice, rate, kind, path, dots, ball] =
        ["choice", "rate", "kind", "path", "steps", "ball"].map((name) => this.#all(name)[0]);
      let v, steps, loss, trail, timer;

      const errors = (at) => triangle.map((row, i) => sum(row.map((value, k) => value * at[i + k])));
      const lossAt = (at) => sum(errors(at).map((error) => error * error)) / examples;
      const cents = (value) => fixed(value, 2);
      const factor = () => 1 - rates[choice.value] * curvature;
      const arrive = () => {
        loss = lossAt(v);
        const [cx, cy] = [x(v[0]), y(v[1])];
        if (Math.abs(cx) + Math.abs(cy) < FAR) trail.push(`${cx} ${cy}`);
      };
      /** Take a step, and return whether another one would change anything. */
      const move = () => {
        const left = errors(v), lr = rates[choice.value], before = loss;
        const total = (j) => 2 * sum(triangle.slice(0, j + 1).map((row, i) => row[j - i] * left[i]));
        v = [...[0, 1, 2].map((j) => v[j] - (lr * total(j)) / examples), -1];
        steps += 1;
        arrive();
        return loss !== before ? loss === loss : loss === Infinity; // nan is not itself
      };
      const draw = () => {
        const center = [0, 1].map((k) => lowest[0][k] + v[2] * lowest[1][k]);
        const floor = lossAt([...center, v[2], -1]), unit = x(1) - x(0);
        const [cx, cy] = [x(center[0]), y(center[1])];
        levels.forEach((level, k) => {
          const [rx, ry] = rings.radii.map((radius) =>
            radius * unit * Math.sqrt(Math.max(0, level - floor)));
          if (!(Math.abs(cx) + Math.abs(cy) + rx + ry < FAR)) return;
          put(ellipses[k], { cx, cy, rx, ry, transform: `rotate(${-rings.angle} ${cx} ${cy})` });
        });
        const [last] = trail.slice(-1);
        put(path, { d: `M${trail.join("L")}` });
        put(dots, { d: trail.map((at) => `M${at}h0`).join("") });
        put(ball, { transform: `translate(${last})` });
        this.#show([steps, String], [loss], [v[0]], [v[1]], [v[2]], [factor(), cents]);
      };
      const report = () => this.#say(`${texts.steps} ${steps}, ${texts.loss} ${significant(loss)}`);
      const halt = () => {
        clearInterval(timer);
        timer = 0;
        run.textContent = texts.run;
      };
      const begin = () => {
        [v, steps, trail] = [[...this.data.start, -1], 0, []];
        arrive();
      };
      const choose = () => {
        const f = factor();
        const limits = { stands: 1, creeps: 0.9, lands: 0, zigzags: -1, explodes: -Infinity };
        kind.textContent = texts[Object.keys(limits).find((name) => f >= limits[name])];
        rate.textContent = typed[choice.value];
        const spoken = `${rate.textContent}, ${texts.factor} ${cents(f)}: ${kind.textContent}`;
        put(choice, { "aria-valuetext": spoken });
        draw();
      };
      const start = () => {
        const first = steps;
        const some = () => {
          // One by one at first, then ever more at once.
          let left = STILL.matches ? MOST : 1 + Math.floor((steps - first) / 20);
          let goesOn = true;
          while (goesOn && left > 0) {
            goesOn = move() && steps < first + MOST;
            left -= 1;
          }
          draw();
          if (goesOn) return;
          halt();
          report();
        };
        run.textContent = texts.stop;
        timer = setInterval(some, TICK);
        some();
      };
      const press = (button, action) => button.addEventListener("click", () => {
        const ran = timer;
        halt();
        action(ran);
        draw();
        if (!timer) report();
      });
      press(step, move);
      press(run, (ran) => ran || start());
      press(again, begin);
      choice.addEventListener("input", choose);
      begin();
      choose();
    }
  }

  customElements.define("linreg-playground", LinregPlayground);
})();
