import CPangoCairo
import CRSVG

/// A logo as it is drawn in a box: made once, so that a PDF file has it once. The points of a PNG file are the same in any box.
final class LogoImage {
  /// What was read of the file, which images of one logo may share.
  private final class Content {
    let surface: CairoSurface

    init(_ surface: consuming CairoSurface) { self.surface = surface }
  }

  private let content: Content
  /// From the surface's units to points, and where it begins in the box.
  private let scale: Double
  private let offset: (x: Double, y: Double)
  private let size: (width: Double, height: Double)

  /// - Parameters:
  ///   - width: Of its box, in points; `height` likewise.
  ///   - other: The same logo in a box of another size, whose points are taken.
  init(_ logo: BadgeLogo, width: Double, height: Double, like other: LogoImage? = nil) throws(DrawingError) {
    switch logo.format {
    case .png:
      content = if let other { other.content } else { Content(try Self.picture(logo.bytes)) }
      let points = content.surface.pointer
      size = (Double(cairo_image_surface_get_width(points)), Double(cairo_image_surface_get_height(points)))
      scale = min(width / size.width, height / size.height)
    case .svg:
      content = Content(try Self.drawing(logo.bytes, width, height))
      size = (width, height)
      scale = 1
    }
    offset = ((width - size.width * scale) / 2, (height - size.height * scale) / 2)
  }

  func draw(at place: (x: Double, y: Double), on canvas: OpaquePointer?) {
    cairo_save(canvas)
    defer { cairo_restore(canvas) }
    cairo_translate(canvas, place.x + offset.x, place.y + offset.y)
    cairo_scale(canvas, scale, scale)
    cairo_set_source_surface(canvas, content.surface.pointer, 0, 0)
    // Not painted everywhere: see the code's image.
    cairo_rectangle(canvas, 0, 0, size.width, size.height)
    cairo_fill(canvas)
  }

  private static func picture(_ bytes: [UInt8]) throws(DrawingError) -> CairoSurface {
    var rest = bytes[...]
    let surface = withUnsafeMutablePointer(to: &rest) { rest in
      CairoSurface(cairo_image_surface_create_from_png_stream(CairoSource.read, rest))
    }
    try surface.check(cairo_surface_status(surface.pointer))
    return surface
  }

  /// An SVG file's lines and areas as Cairo keeps them, as large as its box lets it be.
  private static func drawing(
    _ bytes: [UInt8],
    _ width: Double,
    _ height: Double
  ) throws(DrawingError) -> CairoSurface {
    var extents = cairo_rectangle_t(x: 0, y: 0, width: width, height: height)
    let surface = CairoSurface(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents))
    let canvas = cairo_create(surface.pointer)
    defer { cairo_destroy(canvas) }
    var failure: UnsafeMutablePointer<GError>?
    defer { if let failure { g_error_free(failure) } }
    func cause() -> String { failure.map { String(cString: $0.pointee.message) } ?? "" }
    guard let handle = rsvg_handle_new_from_data(bytes, UInt(bytes.count), &failure) else {
      throw .drawing(cause())
    }
    defer { g_object_unref(handle) }
    var viewport = RsvgRectangle(x: 0, y: 0, width: width, height: height)
    guard rsvg_handle_render_document(handle, canvas, &viewport, &failure) != 0 else { throw .drawing(cause()) }
    try surface.check(cairo_status(canvas))
    return surface
  }
}

/// Where Cairo reads a file's bytes.
private enum CairoSource {
  /// Takes them from the slice that the source points to.
  static let read: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt8>?, UInt32) -> cairo_status_t = {
    source,
    target,
    count in
    guard let rest = source?.assumingMemoryBound(to: ArraySlice<UInt8>.self), let target,
      rest.pointee.count >= Int(count)
    else { return CAIRO_STATUS_READ_ERROR }
    for place in 0..<Int(count) { target[place] = rest.pointee[rest.pointee.startIndex + place] }
    rest.pointee = rest.pointee.dropFirst(Int(count))
    return CAIRO_STATUS_SUCCESS
  }
}
