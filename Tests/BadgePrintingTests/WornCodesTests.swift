import BadgeCodes
import BadgePrinting
import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@Suite("Codes that are worn", .blocking, .hangGuard)
struct WornCodesTests {
  private struct Result: Decodable {
    let first: Int
    let read: Int
    let missing: [Int]
    let invented: Int
  }

  private static let count = 3000

  @Test("Are read back, each of 3,000: at 200 pixels, blurred, turned by 10 degrees, and with dirt on 5 % of them")
  func worn() throws {
    try withTemporaryFolder { folder in
      let key = try SigningKey.generate(id: .max)
      var generator = SeededGenerator(seed: 3000)
      let payloads = try (0..<Self.count).map { number in
        try BadgePayload(
          keyID: key.id,
          serial: .random(in: 1...UInt64.max, using: &generator),
          event: "wsis20-forum-2024",
          stakeholderGroup: number % 12,
          participation: number.isMultiple(of: 9) ? .remote : .onsite,
          validFrom: 1_716_768_000,
          validUntil: 1_717_199_999
        )
      }
      let codes = try key.sign(payloads)
      var modules: Set<Int> = []
      for (number, code) in codes.enumerated() {
        let symbol = try QRSymbol(ofBadge: code)
        modules.insert(symbol.width + 8)
        let image = try QRImage(symbol).bytes(as: .png(modulePixels: 4))
        try Data(image).write(to: folder.appending(path: "\(number).png"))
      }
      try Data(codes.joined(separator: "\n").utf8).write(to: folder.appending(path: "codes.txt"))
      let script = SampleData.root.appending(path: "Tests/BadgePrintingTests/python/worn_codes.py")
      let across = try #require(modules.count == 1 ? modules.first : nil)
      let said = try Tool.run(Tool.python(), script.path, folder.path, "\(across)", in: folder)
      #expect(said.status == 0, "\(said.output)")
      let results = try JSONDecoder().decode([String: Result].self, from: Data(said.output.utf8))
      #expect(results.keys.sorted() == ["blurred", "dirty", "scaled", "turned"])
      for (wear, result) in results {
        #expect(result.invented == 0, "\(wear): \(result)")
        if wear == "dirty" {
          // A splash may take a second look, and zbarimg does not find some few symbols below it at all.
          #expect(result.first * 100 >= Self.count * 99 && result.read * 1000 >= Self.count * 995, "\(result)")
        } else {
          #expect(result.first == Self.count, "\(wear): \(result)")
        }
      }
    }
  }
}
