/**
 * <linreg-lecture>: makes more of the film that stands inside it.
 *
 * What it finds is plain HTML that works without it: a video with its tracks, a list of chapters
 * that are links into the film (a[data-start], in seconds) and a transcript (p[data-start]
 * [data-end]). What it adds:
 *
 * - a chapter's link seeks the film that is on the page instead of opening it alone, and the
 *   chapter that plays is marked with aria-current; the arrow keys go up and down the list;
 * - the poster follows the reader's colour scheme, as the sources do by themselves;
 * - on a page opened from the disk, where browsers load no track, the captions come from the
 *   transcript.
 *
 * One script for any number of films on a page; it loads nothing and needs no options.
 */
"use strict";

(() => {
  if (customElements.get("linreg-lecture")) return; // the page holds this script more than once

  const LIGHT = matchMedia("(prefers-color-scheme: light)");

  /** Seconds by which a seek goes past a boundary, so that rounding never shows the frame before. */
  const BEYOND = 0.001;

  class LinregLecture extends HTMLElement {
    #video = null;
    #links = [];
    #follow = () => this.#showPoster();

    connectedCallback() {
      if (document.readyState === "loading") {
        // The script may come before the film that it is for has been read to its end.
        document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
      } else {
        this.#begin();
      }
    }

    disconnectedCallback() {
      LIGHT.removeEventListener("change", this.#follow);
    }

    #begin() {
      if (!this.isConnected) return;
      LIGHT.addEventListener("change", this.#follow);
      if (this.#video) return; // it was only moved
      this.#video = this.querySelector("video");
      this.#links = [...this.querySelectorAll("a[data-start]")];
      if (!this.#video) return;
      this.#showPoster();
      if (location.protocol === "file:") this.#captionFromTranscript();
      if (this.#links.length) this.#listenToChapters();
    }

    #listenToChapters() {
      for (const link of this.#links) {
        link.addEventListener("click", (event) => this.#choose(event, link));
        link.addEventListener("keydown", (event) => this.#move(event, link));
      }
      for (const change of ["timeupdate", "seeking", "loadedmetadata"]) {
        this.#video.addEventListener(change, () => this.#mark());
      }
      this.#mark();
    }

    /** Seek to a chapter; a click that asks for a new window, or a film that fails, stays a link. */
    #choose(event, link) {
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      const failed = this.#video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE;
      if (elsewhere || failed) return;
      event.preventDefault();
      this.seek(Number(link.dataset.start));
    }

    #move(event, link) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const next = step && this.#links[this.#links.indexOf(link) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }

    /**
     * Show the film at a time, playing or paused as it was.
     *
     * @param {number} seconds from the film's beginning
     */
    seek(seconds) {
      const video = this.#video;
      const go = () => { video.currentTime = seconds + BEYOND; };
      if (video.readyState >= HTMLMediaElement.HAVE_METADATA) {
        go();
      } else {
        video.addEventListener("loadedmetadata", go, { once: true });
        video.preload = "auto";
      }
    }

    #mark() {
      const now = this.#video.currentTime + BEYOND;
      const current = this.#links.findLast((link) => Number(link.dataset.start) <= now);
      for (const link of this.#links) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }

    #showPoster() {
      const { posterLight, posterDark } = this.#video?.dataset ?? {};
      const poster = LIGHT.matches ? posterLight : posterDark;
      if (poster && this.#video.getAttribute("poster") !== poster) this.#video.poster = poster;
    }

    #captionFromTranscript() {
      const blocked = this.#video.querySelector("track[kind=captions]");
      if (!blocked) return;
      const captions = this.#video.addTextTrack("captions", blocked.label, blocked.srclang);
      for (const line of this.querySelectorAll("p[data-start]")) {
        const { start, end } = line.dataset;
        const text = line.textContent.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
        captions.addCue(new VTTCue(Number(start), Number(end), text)); // which takes markup
      }
      for (const track of this.#video.querySelectorAll("track")) track.remove();
      captions.mode = "showing";
    }
  }

  customElements.define("linreg-lecture", LinregLecture);
})();
