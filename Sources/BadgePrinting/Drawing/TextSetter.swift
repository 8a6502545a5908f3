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

  /// Where a text may go on in the next line.
  enum Breaks: CaseIterable {
    /// In scripts that have no blanks between words, not between the words of what stands without a blank, as the names of
    /// people do: a dictionary knows no names.
    case betweenNames
    case betweenWords
    /// Within a word that fits no line, too.
    case withinWords
    /// Within every word.
    case anywhere
  }

  /// How a text fits its box.
  struct Fit {
    /// Size of the letters.
    let size: Double
    let breaks: Breaks
    /// Where the text begins below the top of its box, so that it stands in the middle.
    let top: Double
    /// Whether it fits no size of its style.
    let isTooLong: Bool
    /// Characters that no font has.
    let missing: [Character]
  }

  /// From one size that is tried to the next.
  static let step = 0.25
  /// Size of the letters in which texts are compared.
  static let sampleSize = 10.0
  /// The most fits that are kept.
  private static let keptLimit = 2_000

  let context: OpaquePointer
  let layout: OpaquePointer
  let description: OpaquePointer
  var hanForm: BadgeFonts.HanForm?
  var font = ""
  private var fits: [Request: Fit] = [:]

  init(_ fonts: BadgeFonts) {
    let map = pango_cairo_font_map_new()
    defer { g_object_unref(map) }
    UnsafeMutableRawPointer(map).map { fonts.fill(OpaquePointer($0)) }
    context = pango_font_map_create_context(map)
    // Sheets and screens are to have the same lines.
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    pango_context_set_round_glyph_positions(context, 0)
    layout = pango_layout_new(context)
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
    prepare(request, fit.breaks)
    resize(fit.size)
    pango_cairo_update_context(canvas, context)
    pango_layout_context_changed(layout)
    show(at: (place.x, place.y + fit.top), on: canvas)
  }

  /// Draws what is in the layout.
  private func show(at place: (x: Double, y: Double), on canvas: OpaquePointer?) {
    let (text, scale) = (pango_layout_get_text(layout), Double(PANGO_SCALE))
    guard let text, let runs = pango_layout_get_iter(layout) else { return }
    defer { pango_layout_iter_free(runs) }
    repeat {
      guard let run = pango_layout_iter_get_run_readonly(runs) else { continue }
      var extents = PangoRectangle()
      pango_layout_iter_get_run_extents(runs, nil, &extents)
      let x = place.x + Double(extents.x) / scale
      let y = place.y + Double(pango_layout_iter_get_baseline(runs)) / scale
      if var letters = RightToLeftRun(run, of: text) {
        letters.show(at: (x, y), on: canvas)
      } else {
        cairo_move_to(canvas, x, y)
        pango_cairo_show_glyph_item(canvas, text, run)
      }
    } while pango_layout_iter_next_run(runs) != 0
  }

  /// The lines in which a text is set.
  func lines(of request: Request) -> [String] {
    let fit = fit(request)
    prepare(request, fit.breaks)
    resize(fit.size)
    let bytes = Array(request.text.utf8)
    return (0..<lines).compactMap { number in
      guard let line = pango_layout_get_line_readonly(layout, Int32(number))?.pointee else { return nil }
      let start = Int(line.start_index)
      return String(decoding: bytes[start..<start + Int(line.length)], as: UTF8.self)
    }
  }

  /// How a text is set, and what it takes in one line of letters of `sampleSize`.
  func measure(_ request: Request) -> (size: Double, lines: Int, width: Double, height: Double) {
    let fit = fit(request)
    prepare(request, fit.breaks)
    resize(fit.size)
    let lines = lines
    pango_layout_set_width(layout, -1)
    let sample = measured(Self.sampleSize)
    return (fit.size, lines, sample.width, sample.height)
  }
}
