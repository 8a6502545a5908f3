package import BadgeCodes

/// A QR code as a picture: black on white, with the quiet zone of four modules that the standard asks for.
package struct QRImage: Sendable {
  /// The kind of file, with the size of a module in it.
  package enum Format: Hashable, Sendable {
    /// A picture of whole pixels, 1 to 32 a module.
    case png(modulePixels: Int = 8)
    /// An SVG file, up to 20 mm a module.
    case svg(moduleMillimetres: Double = 0.5)
    /// A PDF file of one page, up to 20 mm a module.
    case pdf(moduleMillimetres: Double = 0.5)
  }

  /// The white modules on each side.
  static let quietZone = 4

  /// What is drawn.
  let symbol: QRSymbol

  /// A picture of this symbol.
  package init(_ symbol: QRSymbol) {
    self.symbol = symbol
  }

  /// The file's bytes.
  package func bytes(as format: Format) throws(DrawingError) -> [UInt8] {
    switch format {
    case .png(let pixels):
      guard (1...32).contains(pixels) else { throw .moduleSize }
      return try png(modulePixels: pixels)
    case .svg(let millimetres):
      guard millimetres > 0, millimetres <= 20 else { throw .moduleSize }
      return svg(moduleMillimetres: millimetres)
    case .pdf(let millimetres):
      guard millimetres > 0, millimetres <= 20 else { throw .moduleSize }
      return try pdf(moduleMillimetres: millimetres)
    }
  }

  /// Modules of a side, quiet zone included.
  var side: Int { symbol.width + 2 * Self.quietZone }

  /// The dark modules as horizontal runs, placed within the quiet zone.
  var runs: [Run] {
    var runs: [Run] = []
    for row in 0..<symbol.width {
      var column = 0
      while column < symbol.width {
        let start = column
        while column < symbol.width, symbol[row: row, column: column] { column += 1 }
        if column > start {
          runs.append(Run(row: row + Self.quietZone, column: start + Self.quietZone, length: column - start))
        }
        column += 1
      }
    }
    return runs
  }

  /// Dark modules side by side, in modules from the top left corner of the picture.
  struct Run {
    let row: Int
    let column: Int
    let length: Int
  }
}
