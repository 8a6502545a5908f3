import CPangoCairo

extension QRImage {
  /// A PNG file of whole pixels.
  func png(modulePixels: Int) throws(DrawingError) -> [UInt8] {
    let pixels = Int32(side * modulePixels)
    let surface = CairoSurface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels, pixels))
    try surface.draw(self, moduleSize: Double(modulePixels))
    return try CairoSink.collect { write, sink throws(DrawingError) in try surface.writePNG(write, sink) }
  }

  /// A PDF file of one page, as large as the code and its quiet zone.
  func pdf(moduleMillimetres: Double) throws(DrawingError) -> [UInt8] {
    let modulePoints = moduleMillimetres * 72 / 25.4
    let points = Double(side) * modulePoints
    return try CairoSink.collect { write, sink throws(DrawingError) in
      let surface = CairoSurface(cairo_pdf_surface_create_for_stream(write, sink, points, points))
      try surface.draw(self, moduleSize: modulePoints)
      try surface.finish()
    }
  }
}

extension CairoSurface {
  /// Fills all runs as one path without antialiasing, so that neighbours leave no seam.
  func draw(_ image: QRImage, moduleSize: Double) throws(DrawingError) {
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
}
