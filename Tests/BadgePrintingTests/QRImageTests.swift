import BadgeCodes
import BadgePrinting
import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@Suite("QR image", .blocking)
struct QRImageTests {
  private let text: String
  private let image: QRImage

  init() throws {
    let payload = try BadgePayload(
      keyID: 1,
      serial: 0xFEDC_BA98_7654_3210,
      event: "wsis-forum-2024-a",
      stakeholderGroup: 2,
      participation: .onsite,
      validFrom: 1_716_768_000,
      validUntil: 1_717_199_999
    )
    text = try SigningKey.generate(id: 1).sign(payload)
    image = QRImage(try QRSymbol(encoding: text))
  }

  private func read(_ name: String, in folder: URL) throws -> String {
    let result = try Tool.qrCodes(in: name, folder)
    #expect(result.status == 0)
    return result.output.trimmingCharacters(in: .newlines)
  }

  @Test("A PNG is read back as the same code", arguments: [2, 3, 8, 32])
  func png(modulePixels: Int) throws {
    try withTemporaryFolder { folder in
      let bytes = try image.bytes(as: .png(modulePixels: modulePixels))
      try Data(bytes).write(to: folder.appendingPathComponent("code.png"))
      #expect(try read("code.png", in: folder) == text)
    }
  }

  @Test("An SVG is read back as the same code", arguments: [0.25, 0.5, 1])
  func svg(moduleMillimetres: Double) throws {
    try withTemporaryFolder { folder in
      let bytes = try image.bytes(as: .svg(moduleMillimetres: moduleMillimetres))
      try Data(bytes).write(to: folder.appendingPathComponent("code.svg"))
      let drawn = try Tool.run(
        "rsvg-convert",
        "--dpi-x",
        "300",
        "--dpi-y",
        "300",
        "-o",
        "code.png",
        "code.svg",
        in: folder
      )
      #expect(drawn.status == 0, "\(drawn.output)")
      #expect(try read("code.png", in: folder) == text)
    }
  }

  @Test("A PDF is read back as the same code", arguments: [0.25, 0.5, 1])
  func pdf(moduleMillimetres: Double) throws {
    try withTemporaryFolder { folder in
      let bytes = try image.bytes(as: .pdf(moduleMillimetres: moduleMillimetres))
      try Data(bytes).write(to: folder.appendingPathComponent("code.pdf"))
      let drawn = try Tool.run("pdftoppm", "-r", "300", "-png", "-singlefile", "code.pdf", "code", in: folder)
      #expect(drawn.status == 0, "\(drawn.output)")
      #expect(try read("code.png", in: folder) == text)
    }
  }

  @Test("An SVG is one compact path on white, in millimetres, with a quiet zone of four modules")
  func svgText() throws {
    let symbol = try QRSymbol(encoding: "LY1")
    #expect(symbol.width == 21)
    let svg = String(decoding: try QRImage(symbol).bytes(as: .svg(moduleMillimetres: 0.33)), as: UTF8.self)
    #expect(svg.contains(#"width="9.57mm" height="9.57mm" viewBox="0 0 29 29""#))
    #expect(svg.contains(##"fill="#fff" d="M0 0h29v29h-29z""##))
    #expect(svg.contains(#"d="M4 4h7v1h-7z"#))
    #expect(svg.split(separator: "<path").count == 3)
    #expect(try image.bytes(as: .svg()).count < 16_000)
  }

  @Test("A PNG has whole modules and the quiet zone")
  func pngSize() throws {
    let png = try QRImage(QRSymbol(encoding: "LY1")).bytes(as: .png(modulePixels: 3))
    // The width and height of a PNG stand at bytes 16 to 23, high byte first.
    #expect(Array(png[16..<24]) == [0, 0, 0, 87, 0, 0, 0, 87])
  }

  @Test("A PDF has one page of the size asked for")
  func pdfSize() throws {
    try withTemporaryFolder { folder in
      let pdf = try QRImage(QRSymbol(encoding: "LY1")).bytes(as: .pdf(moduleMillimetres: 25.4 / 29))
      try Data(pdf).write(to: folder.appendingPathComponent("code.pdf"))
      let facts = try Tool.run("pdfinfo", "code.pdf", in: folder).output
      #expect(facts.contains("Page size:       72 x 72 pts"))
      #expect(facts.contains("Pages:           1\n"))
    }
  }

  @Test(
    "A module size outside the limits is refused",
    arguments: [
      .png(modulePixels: 0), .png(modulePixels: -1), .png(modulePixels: 33), .svg(moduleMillimetres: 0),
      .svg(moduleMillimetres: .nan), .svg(moduleMillimetres: 21), .pdf(moduleMillimetres: -1),
      .pdf(moduleMillimetres: .infinity),
    ] as [QRImage.Format]
  )
  func limits(format: QRImage.Format) {
    #expect(throws: DrawingError.moduleSize) { try image.bytes(as: format) }
  }
}
