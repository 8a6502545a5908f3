import CPangoCairo

/// Finding how a text fits its box.
extension TextSetter {
  /// The largest letters with which a text fits, broken where it does least harm: within a word only in the smallest letters.
  func search(_ request: Request) -> Fit {
    prepare(request, .anywhere)
    resize(request.style.sizes.upperBound)
    let missing = pango_layout_get_unknown_glyphs_count(layout) > 0 ? missing(in: request.text) : []
    if Self.hasUnpartedWords(request.text), let fit = fit(request, .betweenNames, missing) { return fit }
    if let fit = fit(request, .betweenWords, missing) { return fit }
    let broken = smallest(request, .withinWords, missing)
    return broken.isTooLong ? smallest(request, .anywhere, missing) : broken
  }

  private func smallest(_ request: Request, _ breaks: Breaks, _ missing: [Character]) -> Fit {
    prepare(request, breaks)
    let size = request.style.sizes.lowerBound
    let extents = measured(size)
    return Fit(
      size: size,
      breaks: breaks,
      top: extents.top(in: request),
      isTooLong: !extents.fits(request, lines),
      missing: missing
    )
  }

  /// The largest letters with which a text fits; nil where the smallest are too large.
  private func fit(_ request: Request, _ breaks: Breaks, _ missing: [Character]) -> Fit? {
    prepare(request, breaks)
    let sizes = request.style.sizes
    // The largest number of steps above the least size with which it fits.
    var (low, high) = (0, Int(((sizes.upperBound - sizes.lowerBound) / Self.step).rounded(.down)))
    func size(_ steps: Int) -> Double { sizes.lowerBound + Double(steps) * Self.step }
    var extents = measured(size(high))
    if extents.fits(request, lines) {
      low = high
    } else {
      while low < high - 1 {
        let middle = (low + high) / 2
        if measured(size(middle)).fits(request, lines) { low = middle } else { high = middle }
      }
      extents = measured(size(low))
      guard extents.fits(request, lines) else { return nil }
    }
    return Fit(size: size(low), breaks: breaks, top: extents.top(in: request), isTooLong: false, missing: missing)
  }

  /// Whether a text has letters of a script that has no blanks between words: Thai, Lao, Myanmar or Khmer.
  private static func hasUnpartedWords(_ text: String) -> Bool { text.unicodeScalars.contains(where: partsNoWords) }

  private static func partsNoWords(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
    default: false
    }
  }

  /// Puts a text into the layout.
  func prepare(_ request: Request, _ breaks: Breaks) {
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
    let wrap =
      switch breaks {
      case .betweenNames, .betweenWords: PANGO_WRAP_WORD
      case .withinWords: PANGO_WRAP_WORD_CHAR
      case .anywhere: PANGO_WRAP_CHAR
      }
    pango_layout_set_wrap(layout, wrap)
    let attributes =
      switch breaks {
      case .betweenNames: Self.keepingNames(request.text)
      case .betweenWords: OpaquePointer?.none
      // A name has no hyphens but its own.
      case .withinWords, .anywhere: Self.withoutHyphens
      }
    pango_layout_set_attributes(layout, attributes)
    pango_attr_list_unref(attributes)
    pango_layout_set_text(layout, request.text, -1)
  }

  /// Lets no line end within what stands without a blank.
  private static func keepingNames(_ text: String) -> OpaquePointer? {
    let list = pango_attr_list_new()
    let bytes = Array(text.utf8)
    for word in bytes.indices.split(whereSeparator: { bytes[$0] == UInt8(ascii: " ") }) {
      guard let first = word.first, let last = word.last, let kept = pango_attr_allow_breaks_new(0) else { continue }
      kept.pointee.start_index = UInt32(first)
      kept.pointee.end_index = UInt32(last) + 1
      pango_attr_list_insert(list, kept)
    }
    return list
  }

  /// Where a line ends within a word, nothing is drawn behind it.
  private static var withoutHyphens: OpaquePointer? {
    let list = pango_attr_list_new()
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(0))
    return list
  }

  func resize(_ size: Double) {
    pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
    pango_layout_set_font_description(layout, description)
  }

  var lines: Int { Int(pango_layout_get_line_count(layout)) }

  struct Extents {
    let y: Double
    let width: Double
    let height: Double

    /// Where the text begins below the top of its box, so that it stands in the middle.
    func top(in request: Request) -> Double { (request.height - height) / 2 - y }

    func fits(_ request: Request, _ lines: Int) -> Bool {
      lines <= request.style.lines && width <= request.width + 0.01 && height <= request.height + 0.01
    }
  }

  /// What the text takes at a size: its lines, and whatever of its letters stands out above and below them.
  func measured(_ size: Double) -> Extents {
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
