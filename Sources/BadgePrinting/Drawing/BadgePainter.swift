import BadgeCodes
import CPangoCairo
package import LanyardDomain

/// Draws badges by a design. Not for several tasks at once.
package final class BadgePainter {
  /// Points in a millimetre.
  static let point = 72 / 25.4

  package let design: BadgeDesign
  let setter: TextSetter
  /// Of the texts that are the same on each badge.
  private let language: Language
  private var logos: [LogoPlace: LogoImage] = [:]

  /// A logo by its name, which is one file's in a design, and the size of its box.
  private struct LogoPlace: Hashable {
    let name: String
    let width: Double
    let height: Double
  }

  package init(_ design: BadgeDesign, _ fonts: BadgeFonts, in language: Language) {
    self.design = design
    self.language = language
    setter = TextSetter(fonts)
  }

  /// What keeps a badge from being printed as it should be.
  package func faults(of badge: PrintedBadge) -> [BadgeFault] {
    design.boxes.flatMap { box -> [BadgeFault] in
      guard let request = request(box, badge) else { return [] }
      let fit = DrawingTurn.take { setter.fit(request) }
      var faults: [BadgeFault] = []
      if !fit.missing.isEmpty { faults.append(.missing(box: box.name, characters: fit.missing)) }
      if fit.isTooLong { faults.append(.doesNotFit(box: box.name, text: request.text)) }
      return faults
    }
  }

  /// One side as a picture.
  ///
  /// - Parameter width: In pixels.
  package func png(_ side: BadgeDesign.Side, of badge: PrintedBadge, width: Int) throws(DrawingError) -> [UInt8] {
    try DrawingTurn.take { () throws(DrawingError) in try picture(side, of: badge, width: width) }
  }

  private func picture(_ side: BadgeDesign.Side, of badge: PrintedBadge, width: Int) throws(DrawingError) -> [UInt8] {
    let scale = Double(width) / design.width
    let height = Int((design.height * scale).rounded())
    let surface = CairoSurface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)))
    let canvas = cairo_create(surface.pointer)
    defer { cairo_destroy(canvas) }
    cairo_scale(canvas, scale / Self.point, scale / Self.point)
    Self.set(.white, on: canvas)
    cairo_paint(canvas)
    try draw(side, of: badge, CodeImage(badge.code), at: (0, 0), on: canvas)
    return try CairoSink.collect { write, sink throws(DrawingError) in try surface.writePNG(write, sink) }
  }

  /// Draws one side.
  ///
  /// - Parameters:
  ///   - code: Its code, which a PDF file has once where both sides show it.
  ///   - place: Where its top left corner is, in points.
  func draw(
    _ side: BadgeDesign.Side,
    of badge: PrintedBadge,
    _ code: CodeImage,
    at place: (x: Double, y: Double),
    on canvas: OpaquePointer?
  ) throws(DrawingError) {
    cairo_save(canvas)
    defer { cairo_restore(canvas) }
    cairo_translate(canvas, place.x, place.y)
    let boxes = design.boxes.filter { $0.side == side && $0.condition.holds(for: badge) }
    for box in boxes {
      let (x, y) = (box.x * Self.point, box.y * Self.point)
      let (width, height) = (box.width * Self.point, box.height * Self.point)
      if let fill = box.fill {
        Self.set(colour(fill, badge), on: canvas)
        cairo_rectangle(canvas, x, y, width, height)
        cairo_fill(canvas)
      }
      switch box.content {
      case .code: draw(code, at: (x, y), side: min(width, height), on: canvas)
      case .logo(let logo): try draw(logo, in: (x, y, width, height), on: canvas)
      case .nothing, .field, .text: break
      }
    }
    // Screen readers begin with the name; the rest is one paragraph, since each takes room in the file.
    for (tag, isName) in [("H1", true), ("P", false)] {
      cairo_tag_begin(canvas, tag, nil)
      for box in boxes where (box.content == .field(.name)) == isName {
        guard let request = request(box, badge) else { continue }
        Self.set(colour(box.ink, badge), on: canvas)
        setter.draw(request, at: (box.x * Self.point, box.y * Self.point), on: canvas)
      }
      cairo_tag_end(canvas, tag)
    }
    let status = cairo_status(canvas)
    guard status == CAIRO_STATUS_SUCCESS else { throw .drawing(String(cString: cairo_status_to_string(status))) }
  }

  /// The text of a box; nil where it shows none of this badge.
  func request(_ box: BadgeDesign.Box, _ badge: PrintedBadge) -> TextSetter.Request? {
    guard box.condition.holds(for: badge) else { return nil }
    let text: String
    switch box.content {
    case .nothing, .code, .logo: return nil
    case .text(let same): text = same.text(in: language)
    case .field(let field): text = badge.text(of: field)
    }
    guard !text.isEmpty else { return nil }
    return TextSetter.Request(
      text: text,
      style: box.style,
      width: box.width * Self.point,
      height: box.height * Self.point,
      language: badge.language
    )
  }

  private func colour(_ paint: BadgeDesign.Paint, _ badge: PrintedBadge) -> Colour {
    let ofGroup = design.colour(ofGroup: badge)
    return switch paint {
    case .colour(let colour): colour
    case .ofGroup: ofGroup
    case .onGroup: ofGroup.readable
    }
  }

  static func set(_ colour: Colour, on canvas: OpaquePointer?) {
    cairo_set_source_rgb(canvas, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255)
  }

  private func draw(
    _ logo: BadgeLogo,
    in box: (x: Double, y: Double, width: Double, height: Double),
    on canvas: OpaquePointer?
  ) throws(DrawingError) {
    let place = LogoPlace(name: logo.name, width: box.width, height: box.height)
    let image: LogoImage
    if let drawn = logos[place] {
      image = drawn
    } else {
      let other = logos.first { $0.key.name == logo.name }?.value
      image = try LogoImage(logo, width: box.width, height: box.height, like: other)
      logos[place] = image
    }
    image.draw(at: (box.x, box.y), on: canvas)
  }

  private func draw(_ code: CodeImage, at place: (x: Double, y: Double), side: Double, on canvas: OpaquePointer?) {
    cairo_save(canvas)
    defer { cairo_restore(canvas) }
    cairo_translate(canvas, place.x, place.y)
    cairo_scale(canvas, side / Double(code.side), side / Double(code.side))
    cairo_set_source_surface(canvas, code.surface.pointer, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(canvas), CAIRO_FILTER_NEAREST)
    // Painted everywhere, as cairo_paint does, it would take the page's tags along (Cairo 1.16: CAIRO_STATUS_TAG_ERROR).
    cairo_rectangle(canvas, 0, 0, Double(code.side), Double(code.side))
    cairo_fill(canvas)
  }
}

/// A code as an image of a pixel a module: in a PDF file that is a bit, where a path takes a hundred times as much.
final class CodeImage {
  let surface: CairoSurface
  /// Pixels of a side, with the quiet zone.
  let side: Int

  init(_ symbol: QRSymbol) throws(DrawingError) {
    let image = QRImage(symbol)
    side = image.side
    surface = CairoSurface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(side), Int32(side)))
    try surface.draw(image, moduleSize: 1)
    cairo_surface_flush(surface.pointer)
  }
}

extension PrintedBadge {
  /// What a field says; empty where the badge has nothing of it.
  fileprivate func text(of field: BadgeDesign.Field) -> String {
    switch field {
    case .eventTitle: eventTitle
    case .eventLine: eventLine
    case .name: name
    case .organisation: organisation
    case .country: country
    case .group: group.label
    case .role: role?.label ?? ""
    case .zones: zones.map(\.label).joined(separator: " · ")
    case .number: number
    }
  }
}
