"""The vocabulary that chapters share. What one chapter alone draws stands in ``figures/``.

Wording
    :mod:`~visuals.language`        texts of the catalogues, by key
    :mod:`~visuals.writing`         writings of languages: fonts, lines and speed of captions
    :mod:`~visuals.phrases`         where a line may be broken
    :mod:`~visuals.captions`        captions: sentences broken into lines
    :mod:`~visuals.speeches`        sentences that were said, and their times
    :mod:`~visuals.numbers`         numbers to show: rounding, signs, powers of ten

Style
    :mod:`~visuals.theme`           colours by role; sizes, line widths, radii, durations, opacities
    :mod:`~visuals.roles`           the role of each symbol in formulas and each name in listings
    :mod:`~visuals.layout`          the safe area, and slots to divide it into

Text
    :mod:`~visuals.outlines`        Typst's SVG as outlines
    :mod:`~visuals.typography`      words and math, with parts addressed by label
    :mod:`~visuals.formula`         math whose symbols have the colours of their roles
    :mod:`~visuals.equations`       rewriting an equation, and deriving the next line from it
    :mod:`~visuals.readout`         live numbers
    :mod:`~visuals.blocks`          tensors as blocks of numbers
    :mod:`~visuals.source`          source code of the package as text
    :mod:`~visuals.code`            code as glyphs in rows and columns
    :mod:`~visuals.listing`         code on a panel, with a bar behind the active lines
    :mod:`~visuals.plates`          grounds under code, tables and labels

Charts
    :mod:`~visuals.plots`           axes with round ticks, and lines and curves on them
    :mod:`~visuals.chart_rooms`     charts that move to another room, or share an x axis
    :mod:`~visuals.scales`          factors between scales, and ranges with round ends
    :mod:`~visuals.log_chart`       the same with powers of ten upwards
    :mod:`~visuals.run_path`        a quantity over the steps of a run, as far as it has come
    :mod:`~visuals.cloud`           thousands of points as one mobject
    :mod:`~visuals.segments`        many straight segments as one mobject, and dashes
    :mod:`~visuals.clipping`        polylines cut to a rectangle
    :mod:`~visuals.label_room`      the room that a label has between what is drawn
    :mod:`~visuals.following`       mobjects that are drawn anew from trackers on every frame

Large pictures that chapters share
    :mod:`~visuals.plane_in_cloud`  the model as a plane in the cloud of examples
    :mod:`~visuals.plane_sheet`     its sheet
    :mod:`~visuals.deck`            the examples as a deck of cards
    :mod:`~visuals.card_grid`       the grid that the cards lie in
    :mod:`~visuals.flight`          dots that fly one after the other
    :mod:`~visuals.line_in_plot`    the model of one feature: a line in a plot, errors, squares
    :mod:`~visuals.square_pour`     squares that pour into one mean square
    :mod:`~visuals.loss_curve`      a loss over one weight, made of tries
    :mod:`~visuals.tangents`        marks that move along a curve: dot, tangent, plumb line
    :mod:`~visuals.weight_map`      the loss over two weights, a bowl that tilts into its map
    :mod:`~visuals.step_path`       paths of steps on it, and dots
    :mod:`~visuals.close_map`       its map in frames, between which it moves and zooms
    :mod:`~visuals.map_frame`       a frame: a piece of the weights, and its place
    :mod:`~visuals.map_marks`       marks of places on the map, with their names
    :mod:`~visuals.live_arrow`      a gradient on the map, which grows and turns
    :mod:`~visuals.run`             a run on the map, and trackers that go along with its step
    :mod:`~visuals.space`           a box with three axes, and the projection that shows it
    :mod:`~visuals.trackers`        one tracker for each quantity that several pictures read

Stage
    :mod:`~visuals.pipeline`        the five stations of training
    :mod:`~visuals.parts`           the lecture's five parts, and the strip: you are here
    :mod:`~visuals.narrator`        sentences, each with the action that it describes
    :mod:`~visuals.stage`           the base of every chapter: beats, captions, heading
    :mod:`~visuals.inspection`      what is wrong with a frame: texts that meet, leave it, are tiny
"""
