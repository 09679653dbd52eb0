// A clip plays from its beginning when its slide is reached, and holds its last frame. One slide
// back from where one was, it shows its last frame at once. Space stops a clip or plays it again.
(() => {
  "use strict";

  const root = document.querySelector(".reveal");
  let shown = null;
  let position = -1;

  const clipOf = (slide) => slide?.querySelector("video");

  function play(clip) {
    clip.currentTime = 0;
    // Sound that nobody has asked for by a key is refused; Space plays it.
    clip.play().catch(() => {});
  }

  function hold(clip) {
    clip.pause();
    if (clip.readyState === 0) {
      const slide = shown;
      clip.addEventListener("loadedmetadata", () => shown === slide && hold(clip), { once: true });
    } else {
      clip.currentTime = clip.duration;
    }
  }

  function arrive() {
    const slide = Reveal.getCurrentSlide();
    if (Reveal.isOverview() || slide === shown) return;
    const before = position;
    shown = slide;
    position = Reveal.getSlidePastCount();
    const clip = clipOf(slide);
    if (clip) (position === before - 1 ? hold : play)(clip);
  }

  function playOrPause() {
    const clip = clipOf(shown);
    if (Reveal.isOverview()) Reveal.toggleOverview(false);
    else if (!clip) Reveal.next();
    else if (clip.ended) play(clip);
    else if (clip.paused) clip.play();
    else clip.pause();
  }

  Reveal.initialize({
    width: Number(root.dataset.width),
    height: Number(root.dataset.height),
    margin: 0,
    minScale: 0.05,
    maxScale: 8,
    center: false,
    controls: false,
    progress: false,
    hash: true,
    navigationMode: "linear",
    transition: "none",
    backgroundTransition: "none",
    autoPlayMedia: false,
    scrollActivationWidth: null,
    plugins: [RevealNotes],
  }).then(() => {
    if (Reveal.isSpeakerNotes()) {
      root.classList.add("still");
      return;
    }
    Reveal.addKeyBinding(
      { keyCode: 32, key: "SPACE", description: "Stop the film, or play it again" },
      playOrPause,
    );
    Reveal.on("slidechanged", arrive);
    Reveal.on("overviewshown", () => clipOf(shown)?.pause());
    Reveal.on("overviewhidden", arrive);
    Reveal.on("paused", () => clipOf(shown)?.pause());
    arrive();
  });
})();
