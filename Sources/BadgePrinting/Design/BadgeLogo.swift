import LanyardDomain

/// A picture of a design, which may come from a stranger: what it may hold is limited.
package struct BadgeLogo: Hashable, Sendable {
  package enum Format: Hashable, Sendable {
    case png
    case svg
  }

  /// What is wrong with a logo's file.
  package enum Fault: Error, Hashable, Sendable {
    /// It has more bytes than a logo may.
    case tooLarge
    /// It has more points than `pixelLimit`.
    case tooManyPixels
    /// It is neither a PNG file nor an SVG file in UTF-8.
    case otherFormat
    /// It has something that is not drawn: texts, whose letters would come from whatever fonts the machine has, pictures and
    /// files within it, and what makes a small file take long.
    case element(String)
    /// It cannot be drawn, in the words of the library.
    case unreadable(String)
  }

  /// The most points of a PNG file, each of which takes four bytes of memory.
  package static let pixelLimit = 4_000_000

  /// Of its file.
  package let name: String
  package let format: Format
  package let bytes: [UInt8]

  /// - Throws: What is wrong with the file, also where it cannot be drawn.
  package init(name: String, bytes: [UInt8]) throws(Fault) {
    guard bytes.count <= BadgeDesignFile.logoByteLimit else { throw .tooLarge }
    self.name = name
    self.bytes = bytes
    if bytes.starts(with: Self.signature) {
      format = .png
      guard let size = Self.size(ofPNG: bytes) else { throw .otherFormat }
      guard size.width.multipliedReportingOverflow(by: size.height).partialValue <= Self.pixelLimit,
        max(size.width, size.height) <= Self.pixelLimit
      else { throw .tooManyPixels }
    } else {
      format = .svg
      guard SVGElements.isSVG(bytes) else { throw .otherFormat }
      if let element = SVGElements.firstForbidden(in: bytes) { throw .element(element) }
    }
    do throws(DrawingError) {
      _ = try LogoImage(self, width: 72, height: 72)
    } catch {
      guard case .drawing(let cause) = error else { throw .otherFormat }
      throw .unreadable(cause)
    }
  }

  /// What a PNG file begins with (ISO/IEC 15948).
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Width and height as the header says them, which comes first.
  private static func size(ofPNG bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else { return nil }
    func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20))
  }
}

/// What stands in an SVG file before anything of it is drawn.
enum SVGElements {
  /// Elements that are drawn, in small letters; no others are. Those that use others time and again, and filters, would make a
  /// small file take hours (librsvg 2.54 has no limit for most of them).
  private static let drawn: Set<String> = [
    "svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "lineargradient",
    "radialgradient", "stop", "style", "switch", "a",
  ]
  /// What drawing programs write beside, of which nothing is seen; the end of an element, a CDATA section.
  private static let silent: Set<String> = [
    "", "!", "!doctype", "?xml", "title", "desc", "metadata", "rdf", "work", "format", "type", "rights", "creator",
    "agent", "date", "license", "permits", "requires", "prohibits", "namedview", "page", "grid", "guide",
  ]
  /// Words that are not drawn: lists that each line takes along, other files, and what could hide these.
  private static let words = ["stroke-dasharray", "@import", "&#", "\\"]
  /// The most characters of an element that are told.
  private static let nameLimit = 40
  /// The most colours of gradients together, which each area takes along.
  private static let stopLimit = 100

  /// Whether it is a text in UTF-8 that has the element `svg`, and says no other encoding.
  static func isSVG(_ bytes: [UInt8]) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    let declaration = text.firstMatch(of: /<\?xml\b.*?\?>/.dotMatchesNewlines())?.output.lowercased() ?? ""
    let encodings = declaration.matches(of: /encoding\s*=\s*["']([^"']*)/).map { String($0.output.1) }
    guard declaration.ranges(of: "encoding").count == encodings.count,
      encodings.allSatisfy({ ["utf-8", "us-ascii"].contains($0) })
    else { return false }
    var isFound = false
    eachElement(of: bytes) { isFound = isFound || $0 == "svg" }
    return isFound
  }

  /// The first element or word that is not drawn.
  static func firstForbidden(in bytes: [UInt8]) -> String? {
    var found: String?
    var stops = 0
    eachElement(of: bytes) { name in
      if name == "stop" { stops += 1 }
      guard found == nil else { return }
      let isKnown = drawn.contains(name) || silent.contains(name) || name.hasPrefix("!--")
      if !isKnown || stops > stopLimit { found = "<\(name.prefix(nameLimit))>" }
    }
    if let found { return found }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return words.first { text.utf8.firstRange(of: $0.utf8) != nil }
  }

  /// The names of elements and declarations in small letters, without their prefixes; those in comments too.
  private static func eachElement(of bytes: [UInt8], _ body: (String) -> Void) {
    var place = bytes.startIndex
    while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
      place = start + 1
      let name = bytes[place...].prefix { !" \t\r\n/><[".utf8.contains($0) }
      let word = String(decoding: name, as: UTF8.self).lowercased()
      body(word.split(separator: ":").last.map(String.init) ?? "")
    }
  }
}
