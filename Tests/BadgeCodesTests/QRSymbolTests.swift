import BadgeCodes
import Testing

@Suite("QR symbol")
struct QRSymbolTests {
  @Test("The smallest symbol that carries the text is made, by the mode that the text allows")
  func modes() throws {
    // Version 1 at medium holds 20 alphanumeric characters but 14 bytes.
    #expect(try QRSymbol(encoding: "ABCDEFGHIJKLMNOPQR12").width == 21)
    #expect(try QRSymbol(encoding: "ABCDEFGHIJKLMNOPQRs2").width == 25)
    #expect(try QRSymbol(encoding: "0 $%*+-./:").width == 21)
  }

  @Test("More error correction makes a larger symbol")
  func errorCorrection() throws {
    let text = String(repeating: "A", count: 150)
    let levels: [QRSymbol.ErrorCorrection] = [.low, .medium, .quartile, .high]
    let widths = try levels.map { try QRSymbol(encoding: text, errorCorrection: $0).width }
    #expect(widths == widths.sorted())
    #expect(Set(widths).count == 4)
  }

  @Test("The finder patterns stand in three corners")
  func finderPatterns() throws {
    let symbol = try QRSymbol(encoding: "LY1")
    let last = symbol.width - 1
    for (row, column) in [(0, 0), (0, last), (last, 0), (6, 6)] { #expect(symbol[row: row, column: column]) }
    #expect(!symbol[row: 1, column: 1])
    #expect(!symbol[row: 7, column: 7])
  }

  @Test("A text that is empty or too long is refused")
  func limits() throws {
    #expect(throws: QRSymbolError.empty) { try QRSymbol(encoding: "") }
    #expect(try QRSymbol(encoding: String(repeating: "A", count: 3391)).width == 177)
    #expect(throws: QRSymbolError.tooLong) { try QRSymbol(encoding: String(repeating: "A", count: 3392)) }
    #expect(throws: QRSymbolError.tooLong) { try QRSymbol(encoding: String(repeating: "a", count: 100_000)) }
  }
}
