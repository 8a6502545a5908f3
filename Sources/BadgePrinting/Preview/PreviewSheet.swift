import BadgeCodes
import CPangoCairo

/// One picture of several badges, all sides of each beside one another, with words below them. Lengths are millimetres.
package struct PreviewSheet {
  /// The most points of the picture.
  private static let pixelLimit = 8_000_000.0
  /// The most points of a millimetre, which is 127 to the inch.
  private static let finest = 5.0
  private static let gap = 4.0
  private static let captionHeight = 9.0
  private static let ground = Colour(red: 0xD8, green: 0xDC, blue: 0xE0)

  private let painter: BadgePainter
  private let entries: [(badge: PrintedBadge, caption: String)]
  private let columns: Int
  private let cell: (width: Double, height: Double)

  package init(_ painter: BadgePainter, _ entries: [(badge: PrintedBadge, caption: String)]) {
    self.painter = painter
    self.entries = entries
    let design = painter.design
    let sides = Double(max(1, design.sides.count))
    cell = (
      sides * design.width + (sides - 1) + Self.gap, design.height + Self.captionHeight + Self.gap
    )
    // About as wide as high.
    let wanted = (Double(entries.count) * cell.height / cell.width).squareRoot().rounded()
    columns = max(1, min(entries.count, Int(wanted)))
  }

  /// A PNG file.
  ///
  /// - Parameter limit: The most bytes; the picture is drawn smaller until it has no more.
  package func png(limit: Int) throws(DrawingError) -> [UInt8] {
    let rows = (entries.count + columns - 1) / columns
    let (width, height) = (Double(columns) * cell.width + Self.gap, Double(rows) * cell.height + Self.gap)
    var scale = min(Self.finest, (Self.pixelLimit / (width * height)).squareRoot())
    var bytes = try png(width, height, scale)
    while bytes.count > limit {
      scale *= 0.7
      bytes = try png(width, height, scale)
    }
    return bytes
  }

  private func png(_ width: Double, _ height: Double, _ scale: Double) throws(DrawingError) -> [UInt8] {
    try DrawingTurn.take { () throws(DrawingError) in try drawn(width, height, scale) }
  }

  private func drawn(_ width: Double, _ height: Double, _ scale: Double) throws(DrawingError) -> [UInt8] {
    let pixels = (width: Int32(max(1, width * scale)), height: Int32(max(1, height * scale)))
    let surface = CairoSurface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels.width, pixels.height))
    let canvas = cairo_create(surface.pointer)
    defer { cairo_destroy(canvas) }
    cairo_scale(canvas, scale / BadgePainter.point, scale / BadgePainter.point)
    BadgePainter.set(Self.ground, on: canvas)
    cairo_paint(canvas)
    for (place, entry) in entries.enumerated() {
      let (row, column) = place.quotientAndRemainder(dividingBy: columns)
      try draw(
        entry,
        at: (Self.gap + Double(column) * cell.width, Self.gap + Double(row) * cell.height),
        on: canvas
      )
    }
    return try CairoSink.collect { write, sink throws(DrawingError) in try surface.writePNG(write, sink) }
  }

  private func draw(
    _ entry: (badge: PrintedBadge, caption: String),
    at place: (x: Double, y: Double),
    on canvas: OpaquePointer?
  ) throws(DrawingError) {
    let (design, point) = (painter.design, BadgePainter.point)
    let code = try CodeImage(entry.badge.code)
    for (index, side) in design.sides.enumerated() {
      let x = place.x + Double(index) * (design.width + 1)
      cairo_save(canvas)
      defer { cairo_restore(canvas) }
      cairo_rectangle(canvas, x * point, place.y * point, design.width * point, design.height * point)
      cairo_clip_preserve(canvas)
      BadgePainter.set(.white, on: canvas)
      cairo_fill(canvas)
      try painter.draw(side, of: entry.badge, code, at: (x * point, place.y * point), on: canvas)
    }
    BadgePainter.set(.black, on: canvas)
    let caption = TextSetter.Request(
      text: entry.caption,
      style: BadgeDesign.TextStyle(sizes: 5...10, lines: 2, alignment: .start),
      width: (cell.width - Self.gap) * point,
      height: Self.captionHeight * point,
      language: ""
    )
    painter.setter.draw(caption, at: (place.x * point, (place.y + design.height) * point), on: canvas)
  }
}
