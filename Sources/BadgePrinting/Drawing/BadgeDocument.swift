import CPangoCairo
package import LanyardDomain

/// One print-ready PDF file of many badges, which is written as it grows: memory does not grow with it. Not for several
/// tasks at once.
package final class BadgeDocument {
  private let painter: BadgePainter
  private let sheet: BadgeSheet
  private let surface: CairoSurface
  private let canvas: OpaquePointer?
  private let cells: [(x: Double, y: Double)]
  private var waiting: [(badge: PrintedBadge, code: CodeImage)] = []
  private let sink: UnsafeMutablePointer<[UInt8]>
  /// Pages that were begun.
  package private(set) var pages = 0

  /// - Parameter title: Of the file, as readers show it.
  package init(_ painter: BadgePainter, on sheet: BadgeSheet, title: String) {
    self.painter = painter
    self.sheet = sheet
    cells = sheet.cells(of: painter.design)
    sink = .allocate(capacity: 1)
    sink.initialize(to: [])
    let size = sheet.size(of: painter.design)
    surface = CairoSurface(
      cairo_pdf_surface_create_for_stream(
        CairoSink.append,
        sink,
        size.width * BadgePainter.point,
        size.height * BadgePainter.point
      )
    )
    cairo_pdf_surface_set_metadata(surface.pointer, CAIRO_PDF_METADATA_TITLE, title)
    canvas = cairo_create(surface.pointer)
  }

  deinit {
    DrawingTurn.take {
      cairo_destroy(canvas)
      // What Cairo still holds back is written where nobody finished the file.
      cairo_surface_finish(surface.pointer)
    }
    sink.deinitialize(count: 1)
    sink.deallocate()
  }

  /// Adds a badge; returns what is to be written to the file by now.
  package func add(_ badge: PrintedBadge) throws(DrawingError) -> [UInt8] {
    waiting.append((badge, try CodeImage(badge.code)))
    if waiting.count == cells.count { try DrawingTurn.take { () throws(DrawingError) in try drawSheet() } }
    return taken()
  }

  /// Ends the file; returns the last of it.
  package func finish() throws(DrawingError) -> [UInt8] {
    try DrawingTurn.take { () throws(DrawingError) in
      if !waiting.isEmpty { try drawSheet() }
      try surface.finish()
    }
    return taken()
  }

  private func taken() -> [UInt8] {
    defer { sink.pointee.removeAll() }
    return sink.pointee
  }

  private func drawSheet() throws(DrawingError) {
    defer { waiting.removeAll() }
    let columns = sheet.grid(of: painter.design).columns
    for side in painter.design.sides {
      pages += 1
      cairo_tag_begin(canvas, "Sect", nil)
      for (index, (badge, code)) in waiting.enumerated() {
        // The back of the first column lies behind it when the sheet is turned over.
        let (row, column) = index.quotientAndRemainder(dividingBy: columns)
        let cell = cells[row * columns + (side == .back ? columns - 1 - column : column)]
        let place = (cell.x * BadgePainter.point, cell.y * BadgePainter.point)
        try painter.draw(side, of: badge, code, at: place, on: canvas)
      }
      if sheet == .a4 { drawCropMarks() }
      cairo_tag_end(canvas, "Sect")
      cairo_show_page(canvas)
    }
  }

  /// Hairlines, on white, since they may stand on the colour of a band.
  private func drawCropMarks() {
    let point = BadgePainter.point
    for (width, colour) in [(1.25, Colour.white), (0.25, .black)] {
      BadgePainter.set(colour, on: canvas)
      cairo_set_line_width(canvas, width)
      for line in CropMarks(of: painter.design, on: sheet).lines {
        cairo_move_to(canvas, line.from.x * point, line.from.y * point)
        cairo_line_to(canvas, line.to.x * point, line.to.y * point)
      }
      cairo_stroke(canvas)
    }
  }
}
