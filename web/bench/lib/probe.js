// Runs inside the studio's window, from before its first script on: notes long tasks and frames, and when something
// that was done shows on the canvas. All times are of this window's clock, in milliseconds.
(() => {
  if (window.top !== window) return;
  const longTasks = [];
  new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) longTasks.push({ at: startTime, duration }); })
    .observe({ type: "longtask", buffered: true });

  const canvasOf = () => document.querySelector("iframe[title^='Page:']")?.contentDocument ?? null;
  /** Resolves after the next frame of the canvas was drawn, as far as the main thread has to do with it. */
  const painted = (view = window) => new Promise((resolve) => {
    view.requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(0);
    });
  });

  /** How long from a click, or from the beginning, until a page of that many modules is painted and answers to the pointer. */
  function opened(count, begin) {
    return new Promise((resolve) => {
      let begun = begin === "navigation" ? 0 : null;
      if (begun === null) document.addEventListener("click", (event) => { begun = event.timeStamp; }, { capture: true, once: true });
      const look = () => {
        const canvas = canvasOf();
        const isThere = begun !== null && canvas && document.querySelector("[data-overlay]")
          && canvas.querySelectorAll("[data-accid-id]").length === count && document.querySelectorAll("[data-outline-row]").length === count;
        if (isThere) void painted(canvas.defaultView).then((at) => resolve(at - begun));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  }

  /** Follows what is typed until an element of the canvas shows it; `read` gives the times from each key to the paint. */
  function watchTyping(id) {
    const canvas = canvasOf();
    const shift = canvas.defaultView.performance.timeOrigin - performance.timeOrigin;
    const text = () => canvas.querySelector(`[data-accid-id="${id}"]`)?.textContent.length ?? 0;
    const before = text();
    const keys = [];
    const times = [];
    const press = (offset) => (event) => { if (event.key.length === 1 && !event.ctrlKey) keys.push(event.timeStamp + offset); };
    const own = press(0);
    const inner = press(shift);
    document.addEventListener("keydown", own, true);
    canvas.addEventListener("keydown", inner, true);
    const observer = new MutationObserver(() => {
      const shown = text() - before;
      void painted(canvas.defaultView).then((at) => { while (times.length < Math.min(shown, keys.length)) times.push(at - keys[times.length]); });
    });
    observer.observe(canvas, { subtree: true, childList: true, characterData: true });
    return {
      isDone: (wanted) => times.length >= wanted,
      read: () => {
        observer.disconnect();
        document.removeEventListener("keydown", own, true);
        canvas.removeEventListener("keydown", inner, true);
        return times;
      },
    };
  }

  /** Resolves when a module has another place on the canvas, with the time since the last key. */
  function watchMove(id) {
    const canvas = canvasOf();
    const place = () => [...canvas.querySelectorAll("[data-accid-id]")].findIndex((one) => one.dataset.accidId === id);
    const before = place();
    let begun = 0;
    const note = (event) => { begun = event.timeStamp; };
    document.addEventListener("keydown", note, true);
    return new Promise((resolve) => {
      const look = () => {
        if (begun === 0 || place() === before) { requestAnimationFrame(look); return; }
        document.removeEventListener("keydown", note, true);
        void painted(canvas.defaultView).then((at) => resolve(at - begun));
      };
      look();
    });
  }

  let watched = null;
  const begin = () => {
    const from = performance.now();
    const gaps = [];
    let last = 0;
    let running = true;
    const frame = (at) => {
      if (last > 0) gaps.push(at - last);
      last = at;
      if (running) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    watched = () => { running = false; return { gaps, tasks: longTasks.filter((task) => task.at + task.duration >= from), time: performance.now() - from }; };
  };
  const end = async () => {
    await painted();
    // Long tasks are told of in a task of their own.
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    return watched();
  };
  window.probe = { longTasks, opened, watchTyping, watchMove, begin, end, painted };
})();
