import CPangoCairo

extension QRImage {
  /// A PNG file of whole pixels.
  func png(modulePixels: Int) throws(QRImageError) -> [UInt8] {
    let pixels = Int32(side * modulePixels)
    let surface = Surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels, pixels))
    try surface.draw(self, moduleSize: Double(modulePixels))
    return try collect { write, sink throws(QRImageError) in try surface.writePNG(write, sink) }
  }

  /// A PDF file of one page, as large as the code and its quiet zone.
  func pdf(moduleMillimetres: Double) throws(QRImageError) -> [UInt8] {
    let modulePoints = moduleMillimetres * 72 / 25.4
    let points = Double(side) * modulePoints
    return try collect { write, sink throws(QRImageError) in
      let surface = Surface(cairo_pdf_surface_create_for_stream(write, sink, points, points))
      try surface.draw(self, moduleSize: modulePoints)
      try surface.finish()
    }
  }
}

private typealias Write =
  @convention(c) (
    UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, UInt32
  ) -> cairo_status_t

/// Gathers what Cairo writes while the body runs.
private func collect(
  _ body: (Write, UnsafeMutableRawPointer) throws(QRImageError) -> Void
) throws(QRImageError) -> [UInt8] {
  var bytes: [UInt8] = []
  try withUnsafeMutablePointer(to: &bytes) { sink throws(QRImageError) in
    let append: Write = { sink, data, count in
      guard let sink else { return CAIRO_STATUS_WRITE_ERROR }
      sink.assumingMemoryBound(to: [UInt8].self).pointee += UnsafeBufferPointer(start: data, count: Int(count))
      return CAIRO_STATUS_SUCCESS
    }
    try body(append, UnsafeMutableRawPointer(sink))
  }
  return bytes
}

/// A Cairo surface; Cairo never returns null but a surface in an error state, which shows at the first check.
private struct Surface: ~Copyable {
  private let pointer: OpaquePointer?

  init(_ pointer: OpaquePointer?) {
    self.pointer = pointer
  }

  deinit { cairo_surface_destroy(pointer) }

  /// Fills all runs as one path without antialiasing, so that neighbours leave no seam.
  func draw(_ image: QRImage, moduleSize: Double) throws(QRImageError) {
    let context = cairo_create(pointer)
    defer { cairo_destroy(context) }
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    cairo_scale(context, moduleSize, moduleSize)
    cairo_set_source_rgb(context, 0, 0, 0)
    cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
    for run in image.runs {
      cairo_rectangle(context, Double(run.column), Double(run.row), Double(run.length), 1)
    }
    cairo_fill(context)
    try check(cairo_status(context))
  }

  func writePNG(_ write: Write, _ sink: UnsafeMutableRawPointer) throws(QRImageError) {
    try check(cairo_surface_write_to_png_stream(pointer, write, sink))
  }

  /// Writes what is still held back; nothing is written after it.
  func finish() throws(QRImageError) {
    cairo_surface_finish(pointer)
    try check(cairo_surface_status(pointer))
  }

  private func check(_ status: cairo_status_t) throws(QRImageError) {
    guard status == CAIRO_STATUS_SUCCESS else { throw .drawing(String(cString: cairo_status_to_string(status))) }
  }
}
