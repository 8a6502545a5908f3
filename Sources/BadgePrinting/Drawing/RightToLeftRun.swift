import CPangoCairo

/// Letters of one font from right to left, with what each of them is to readers of a PDF file.
///
/// Readers put letters in the order of their places, and get one text of what is drawn as one. Of lam and alef, which are one
/// picture, they would get both from left to right, and of a mark its place on the paper, which may be before its letter. So
/// each letter is said by itself: the picture is the first one, and the others are blanks of no width, one after the other
/// a hair to the left of it. Marks are drawn where they belong, between two such blanks.
struct RightToLeftRun {
  /// How far a blank is from the one before, by the size of the letters: readers (poppler 22) take letters that lie nearer than
  /// 0.01 for one, and a tenth for a space between words; a cluster has few letters.
  private static let hair = 0.018

  private let text: UnsafePointer<CChar>
  private let item: PangoItem
  private let shaped: PangoGlyphString
  private let font: UnsafeMutablePointer<PangoFont>
  private let blank: UInt32
  private let blankWidth: Double
  private let hair: Double
  private var glyphs: [cairo_glyph_t] = []
  private var clusters: [cairo_text_cluster_t] = []

  /// Nil where the letters run from left to right, or where the font has no blank.
  ///
  /// - Parameter text: That of the whole layout.
  init?(_ run: UnsafeMutablePointer<PangoLayoutRun>, of text: UnsafePointer<CChar>) {
    guard let item = run.pointee.item?.pointee, let shaped = run.pointee.glyphs?.pointee, let font = item.analysis.font,
      item.analysis.level % 2 == 1
    else { return nil }
    let hasUnknown = (0..<Int(shaped.num_glyphs)).contains { shaped.glyphs[$0].glyph & PangoGlyph(0x1000_0000) != 0 }
    blank = pango_fc_font_get_glyph(
      UnsafeMutableRawPointer(font).assumingMemoryBound(to: PangoFcFont.self),
      0x20
    )
    guard blank != 0, !hasUnknown, let described = pango_font_describe_with_absolute_size(font) else { return nil }
    defer { pango_font_description_free(described) }
    var extents = PangoRectangle()
    pango_font_get_glyph_extents(font, blank, nil, &extents)
    let scale = Double(PANGO_SCALE)
    blankWidth = Double(extents.width) / scale
    hair = Double(pango_font_description_get_size(described)) / scale * Self.hair
    (self.text, self.item, self.shaped, self.font) = (text, item, shaped, font)
  }

  /// Draws it.
  ///
  /// - Parameter place: The left end of its baseline.
  mutating func show(at place: (x: Double, y: Double), on canvas: OpaquePointer?) {
    let count = Int(shaped.num_glyphs)
    var right = place.x + (0..<count).reduce(0) { $0 + width(of: $1) }
    // Where the letter begins on which marks stand, and the blanks that are beside it.
    var base = (left: right, blanks: 0)
    var last = count - 1
    while last >= 0 {
      let start = Int(shaped.log_clusters[last])
      var first = last
      while first > 0, Int(shaped.log_clusters[first - 1]) == start { first -= 1 }
      let end = first > 0 ? Int(shaped.log_clusters[first - 1]) : Int(item.length)
      let cluster = Cluster(glyphs: first...last, bytes: start..<end, right: right, y: place.y)
      let width = (first...last).reduce(0) { $0 + self.width(of: $1) }
      if width > 0 { base = (right - width, 0) }
      add(cluster, isMark: width <= 0, &base)
      right -= width
      last = first - 1
    }
    cairo_set_scaled_font(canvas, pango_cairo_font_get_scaled_font(OpaquePointer(font)))
    cairo_show_text_glyphs(
      canvas,
      text + Int(item.offset),
      item.length,
      glyphs,
      Int32(glyphs.count),
      clusters,
      Int32(clusters.count),
      cairo_text_cluster_flags_t(rawValue: 0)
    )
  }

  /// Letters that are drawn together.
  private struct Cluster {
    /// From left to right.
    let glyphs: ClosedRange<Int>
    /// Of the run's text.
    let bytes: Range<Int>
    let right: Double
    let y: Double
  }

  private mutating func add(_ cluster: Cluster, isMark: Bool, _ base: inout (left: Double, blanks: Int)) {
    let bytes = UnsafeRawBufferPointer(
      start: text + Int(item.offset) + cluster.bytes.lowerBound,
      count: cluster.bytes.count
    )
    let letters = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    // Readers drop the second of two letters that are the same and at one place.
    let drawn = zip(letters, letters.dropFirst()).enumerated().first { $1.0 == $1.1 }.map { $0.offset + 1 } ?? 0
    for (number, letter) in letters.enumerated() {
      let before = glyphs.count
      if number == drawn, !isMark {
        draw(cluster)
      } else {
        let x: Double
        if number < drawn {
          x = cluster.right - hair * Double(number + 1)
        } else {
          base.blanks += 1
          x = base.left - hair * Double(base.blanks)
        }
        // Together they have no width.
        glyphs.append(cairo_glyph_t(index: UInt(blank), x: x, y: cluster.y))
        if number == drawn { draw(cluster) }
        glyphs.append(cairo_glyph_t(index: UInt(blank), x: x - blankWidth, y: cluster.y))
      }
      let length = String(letter).utf8.count
      clusters.append(cairo_text_cluster_t(num_bytes: Int32(length), num_glyphs: Int32(glyphs.count - before)))
    }
  }

  private mutating func draw(_ cluster: Cluster) {
    var x = cluster.right
    for place in cluster.glyphs.reversed() {
      let glyph = shaped.glyphs[place]
      x -= width(of: place)
      guard glyph.glyph != PangoGlyph(0x0FFF_FFFF) else { continue }
      let offset = (x: Double(glyph.geometry.x_offset), y: Double(glyph.geometry.y_offset))
      let scale = Double(PANGO_SCALE)
      glyphs.append(
        cairo_glyph_t(index: UInt(glyph.glyph), x: x + offset.x / scale, y: cluster.y + offset.y / scale)
      )
    }
  }

  private func width(of glyph: Int) -> Double {
    Double(shaped.glyphs[glyph].geometry.width) / Double(PANGO_SCALE)
  }
}
