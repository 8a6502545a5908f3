import CPangoCairo

/// A Cairo surface; Cairo never returns null but a surface in an error state, which shows at the first check.
struct CairoSurface: ~Copyable {
  let pointer: OpaquePointer?

  init(_ pointer: OpaquePointer?) {
    self.pointer = pointer
  }

  deinit { cairo_surface_destroy(pointer) }

  func writePNG(_ write: CairoSink.Write, _ sink: UnsafeMutableRawPointer) throws(DrawingError) {
    try check(cairo_surface_write_to_png_stream(pointer, write, sink))
  }

  /// Writes what is still held back; nothing is written after it.
  func finish() throws(DrawingError) {
    cairo_surface_finish(pointer)
    try check(cairo_surface_status(pointer))
  }

  func check(_ status: cairo_status_t) throws(DrawingError) {
    guard status == CAIRO_STATUS_SUCCESS else { throw .drawing(String(cString: cairo_status_to_string(status))) }
  }
}

/// Where Cairo writes a file's bytes.
enum CairoSink {
  typealias Write =
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, UInt32
    ) -> cairo_status_t

  /// Gathers what Cairo writes while the body runs.
  static func collect(
    _ body: (Write, UnsafeMutableRawPointer) throws(DrawingError) -> Void
  ) throws(DrawingError) -> [UInt8] {
    var bytes: [UInt8] = []
    try withUnsafeMutablePointer(to: &bytes) { sink throws(DrawingError) in
      try body(append, UnsafeMutableRawPointer(sink))
    }
    return bytes
  }

  /// Appends to the array that the sink points to.
  static let append: Write = { sink, data, count in
    guard let sink else { return CAIRO_STATUS_WRITE_ERROR }
    sink.assumingMemoryBound(to: [UInt8].self).pointee += UnsafeBufferPointer(start: data, count: Int(count))
    return CAIRO_STATUS_SUCCESS
  }
}
