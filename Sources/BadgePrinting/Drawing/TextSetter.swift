import CPangoCairo

/// Sets texts in boxes: as large as they fit, in whatever script, and never cut. Lengths are points. Whoever calls it has the
/// `DrawingTurn`.
final class TextSetter {
  /// How a text is to be set.
  struct Request: Hashable {
    let text: String
    let style: BadgeDesign.TextStyle
    let width: Double
    let height: Double
    /// BCP 47 tag of the language of whoever bears it; may be empty.
    let language: String
  }

  /// How a text fits its box.
  struct Fit {
    /// Size of the letters.
    let size: Double
    /// Where the text begins below the top of its box, so that it stands in the middle.
    let top: Double
    /// Whether it fits no size of its style.
    let isTooLong: Bool
    /// Characters that no font has.
    let missing: [Character]
  }

  /// From one size that is tried to the next.
  private static let step = 0.25
  /// Size of the letters in which texts are compared.
  static let sampleSize = 10.0
  /// The most fits that are kept.
  private static let keptLimit = 2_000

  private let context: OpaquePointer
  private let layout: OpaquePointer
  private let description: OpaquePointer
  private var hanForm: BadgeFonts.HanForm?
  private var font = ""
  private var fits: [Request: Fit] = [:]

  init(_ fonts: BadgeFonts) {
    let map = pango_cairo_font_map_new()
    defer { g_object_unref(map) }
    UnsafeMutableRawPointer(map).map { pango_fc_font_map_set_config(OpaquePointer($0), fonts.configuration) }
    context = pango_font_map_create_context(map)
    // Sheets and screens are to have the same lines.
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    pango_context_set_round_glyph_positions(context, 0)
    layout = pango_layout_new(context)
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD)
    pango_layout_set_auto_dir(layout, 1)
    description = pango_font_description_new()
  }

  deinit {
    DrawingTurn.take {
      pango_font_description_free(description)
      g_object_unref(UnsafeMutableRawPointer(layout))
      g_object_unref(UnsafeMutableRawPointer(context))
    }
  }

  /// How a text fits.
  func fit(_ request: Request) -> Fit {
    if let fit = fits[request] { return fit }
    if fits.count >= Self.keptLimit { fits = [:] }
    let fit = search(request)
    fits[request] = fit
    return fit
  }

  /// Draws a text where its box begins.
  func draw(_ request: Request, at place: (x: Double, y: Double), on canvas: OpaquePointer?) {
    let fit = fit(request)
    prepare(request)
    resize(fit.size)
    pango_cairo_update_context(canvas, context)
    pango_layout_context_changed(layout)
    cairo_move_to(canvas, place.x, place.y + fit.top)
    pango_cairo_show_layout(canvas, layout)
  }

  /// How a text is set, and what it takes in one line of letters of `sampleSize`.
  func measure(_ request: Request) -> (size: Double, lines: Int, width: Double, height: Double) {
    let size = fit(request).size
    prepare(request)
    resize(size)
    let lines = lines
    pango_layout_set_width(layout, -1)
    let sample = measured(Self.sampleSize)
    return (size, lines, sample.width, sample.height)
  }

  private func search(_ request: Request) -> Fit {
    prepare(request)
    let sizes = request.style.sizes
    resize(sizes.upperBound)
    let missing = pango_layout_get_unknown_glyphs_count(layout) > 0 ? missing(in: request.text) : []
    // The largest number of steps above the least size with which it fits.
    var (low, high) = (0, Int(((sizes.upperBound - sizes.lowerBound) / Self.step).rounded(.down)))
    func size(_ steps: Int) -> Double { sizes.lowerBound + Double(steps) * Self.step }
    var extents = measured(size(high))
    var isTooLong = false
    if !extents.fits(request, lines) {
      high -= 1
      while low < high {
        let middle = (low + high + 1) / 2
        if measured(size(middle)).fits(request, lines) { low = middle } else { high = middle - 1 }
      }
      extents = measured(size(max(low, 0)))
      isTooLong = !extents.fits(request, lines)
      high = low
    }
    let top = (request.height - extents.height) / 2 - extents.y
    return Fit(size: size(max(high, 0)), top: top, isTooLong: isTooLong, missing: missing)
  }

  /// Puts a text into the layout.
  private func prepare(_ request: Request) {
    let form = BadgeFonts.HanForm(of: request.text, language: request.language)
    if form != hanForm || request.style.font != font {
      (hanForm, font) = (form, request.style.font)
      pango_context_set_language(context, pango_language_from_string(form.language))
      pango_font_description_set_family(description, BadgeFonts.order(font, form))
    }
    pango_font_description_set_weight(description, request.style.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    let alignment =
      switch request.style.alignment {
      case .start: PANGO_ALIGN_LEFT
      case .centre: PANGO_ALIGN_CENTER
      case .end: PANGO_ALIGN_RIGHT
      }
    pango_layout_set_alignment(layout, alignment)
    pango_layout_set_width(layout, Int32(request.width * Double(PANGO_SCALE)))
    pango_layout_set_text(layout, request.text, -1)
  }

  private func resize(_ size: Double) {
    pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
    pango_layout_set_font_description(layout, description)
  }

  private var lines: Int { Int(pango_layout_get_line_count(layout)) }

  private struct Extents {
    let y: Double
    let width: Double
    let height: Double

    func fits(_ request: Request, _ lines: Int) -> Bool {
      lines <= request.style.lines && width <= request.width + 0.01 && height <= request.height + 0.01
    }
  }

  /// What the text takes at a size: its lines, and whatever of its letters stands out above and below them.
  private func measured(_ size: Double) -> Extents {
    resize(size)
    var (ink, logical) = (PangoRectangle(), PangoRectangle())
    pango_layout_get_extents(layout, &ink, &logical)
    let scale = Double(PANGO_SCALE)
    let (top, bottom) = (min(ink.y, logical.y), max(ink.y + ink.height, logical.y + logical.height))
    return Extents(
      y: Double(top) / scale,
      width: Double(max(ink.width, logical.width)) / scale,
      height: Double(bottom - top) / scale
    )
  }

  private func missing(in text: String) -> [Character] {
    var missing: [Character] = []
    for character in text where !missing.contains(character) {
      pango_layout_set_text(layout, String(character), -1)
      if pango_layout_get_unknown_glyphs_count(layout) > 0 { missing.append(character) }
    }
    pango_layout_set_text(layout, text, -1)
    return missing
  }
}
