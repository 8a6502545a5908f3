import LanyardDomain
import LanyardTesting
import NIOCore
import Testing

@testable import LanyardServer

@Suite("Frames in a stream of bytes")
struct FrameScannerTests {
  private static let preface = ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
  private static let settings = FrameHeader(length: 0, kind: 4).frame([])
  private static let headers = FrameHeader(length: 3, kind: 1, flags: 4, stream: 1).frame([1, 2, 3])
  private static let data = FrameHeader(length: 40, kind: 0, stream: 1).frame(Array(0..<40))
  private static let ping = FrameHeader.ping(7, isAnswer: false)

  private static func joined(_ parts: [ByteBuffer]) -> [UInt8] { parts.flatMap { Array($0.readableBytesView) } }

  @Test("PINGs are taken out, and all else is passed on as it came, however the bytes are cut")
  func takesPings() {
    let whole = Self.joined([
      Self.preface, Self.settings, Self.ping, Self.headers, Self.data, Self.ping, Self.ping, Self.data,
      FrameHeader.ping(FrameScanner.ownPing, isAnswer: true), FrameHeader.ping(9, isAnswer: true), Self.ping,
    ])
    let rest = Self.joined([
      Self.preface, Self.settings, Self.headers, Self.data, Self.data, FrameHeader.ping(9, isAnswer: true),
    ])
    var generator = SeededGenerator(seed: 12)
    for step in [1, 2, 3, 8, 9, 10, 17, 1000] + Array(repeating: 0, count: 50) {
      var scanner = FrameScanner(skip: FrameScanner.prefaceSize)
      var (passed, pings, kinds): ([UInt8], [UInt64], [UInt8]) = ([], [], [])
      var sent = 0
      while sent < whole.count {
        let size = step > 0 ? step : Int.random(in: 1...60, using: &generator)
        let part = whole[sent..<min(sent + size, whole.count)]
        sent += part.count
        let passage = scanner.read(ByteBuffer(bytes: part)) { kinds.append($0.kind) }
        passed += Self.joined([passage.first].compactMap(\.self) + passage.more)
        pings += passage.pings
      }
      #expect(passed == rest)
      #expect(pings == [7, 7, 7, 7])
      #expect(kinds == [4, 6, 1, 0, 6, 6, 0, 6, 6, 6])
    }
  }

  @Test("A block of headers is seen to be incomplete until its last frame is there")
  func incompleteHeaders() {
    var scanner = FrameScanner()
    func read(_ bytes: ByteBuffer) { _ = scanner.read(bytes) { _ in } }
    read(ByteBuffer(bytes: [0, 0, 3, 1]))
    #expect(scanner.isInHeaders)
    read(ByteBuffer(bytes: [0, 0, 0, 0, 1, 1, 2]))
    #expect(scanner.isInHeaders)
    read(ByteBuffer(bytes: [3]))
    #expect(scanner.isInHeaders)
    read(FrameHeader(length: 1, kind: 9, flags: 4, stream: 1).frame([4]))
    #expect(!scanner.isInHeaders)
    read(FrameHeader(length: 100, kind: 0, stream: 1).frame([4]))
    #expect(!scanner.isInHeaders)
  }

  @Test("A PING inside of a block of headers is left to HTTP/2, which refuses it")
  func pingInHeaders() {
    var scanner = FrameScanner()
    let bytes = Self.joined([FrameHeader(length: 1, kind: 1, stream: 1).frame([1]), Self.ping])
    let passage = scanner.read(ByteBuffer(bytes: bytes)) { _ in }
    #expect(passage.pings.isEmpty)
    #expect(passage.first == ByteBuffer(bytes: bytes))
  }
}

@Suite("Messages in a call")
struct MessageScannerTests {
  @Test("Each length is seen, however the bytes are cut")
  func lengths() {
    let sizes = [3, 0, 300, 70_000, 1]
    let whole = sizes.flatMap { size -> [UInt8] in
      [UInt8(0)] + withUnsafeBytes(of: UInt32(size).bigEndian, Array.init) + Array(repeating: 7, count: size)
    }
    for step in [1, 2, 5, 7, 1000, 100_000] {
      var scanner = MessageScanner()
      var largest = 0
      for start in stride(from: 0, to: whole.count, by: step) {
        largest = max(largest, scanner.read(ByteBuffer(bytes: whole[start..<min(start + step, whole.count)])) ?? 0)
      }
      #expect(largest == 70_000)
      #expect(scanner.read(ByteBuffer(bytes: [0, 0, 0, 0, 9])) == 9)
    }
  }
}
