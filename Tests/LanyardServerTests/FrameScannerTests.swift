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
        let passage = scanner.read(ByteBuffer(bytes: part)) { frame in
          kinds.append(frame.kind)
          return true
        }
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
    func read(_ bytes: ByteBuffer) { _ = scanner.read(bytes) { _ in true } }
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

  /// What passes where bytes come in parts of one size.
  private static func passed(_ bytes: [UInt8], in step: Int, _ scanner: inout FrameScanner) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: step).flatMap { start in
      let passage = scanner.read(ByteBuffer(bytes: bytes[start..<min(start + step, bytes.count)])) { _ in true }
      return joined([passage.first].compactMap(\.self) + passage.more)
    }
  }

  @Test("A PING inside of a block of headers is left to HTTP/2, which refuses it")
  func pingInHeaders() {
    var scanner = FrameScanner()
    let bytes = Self.joined([FrameHeader(length: 1, kind: 1, stream: 1).frame([1]), Self.ping])
    #expect(Self.passed(bytes, in: 3, &scanner) == bytes)
  }

  @Test("A block of headers in many frames is passed on as one, without padding, however the bytes are cut")
  func joinsHeaders() {
    let block = Self.joined([
      FrameHeader(length: 7, kind: 1, flags: 1 | 8 | 32, stream: 3).frame([1, 9, 9, 9, 9, 16, 0]),
      FrameHeader(length: 2, kind: 9, stream: 3).frame([1, 2]), FrameHeader(length: 0, kind: 9, stream: 3).frame([]),
      FrameHeader(length: 3, kind: 9, flags: 4, stream: 3).frame([3, 4, 5]),
    ])
    let one = Self.joined([
      FrameHeader(length: 10, kind: 1, flags: 1 | 4 | 32, stream: 3).frame([9, 9, 9, 9, 16, 1, 2, 3, 4, 5])
    ])
    let around = Self.joined([Self.headers, Self.data])
    for step in [1, 2, 7, 9, 10, 1000] {
      var scanner = FrameScanner()
      #expect(Self.passed(around + block + Self.joined([Self.ping]) + block, in: step, &scanner) == around + one + one)
      #expect(!scanner.isInHeaders && scanner.blockSize == 0)
      #expect(Self.passed(Array(block.dropLast()), in: step, &scanner).isEmpty)
      #expect(scanner.isInHeaders && scanner.blockSize > 0)
    }
  }

  @Test("What does not belong in a block of headers comes after what there is of it, for HTTP/2 to refuse")
  func brokenBlock() {
    let first = FrameHeader(length: 1, kind: 1, stream: 1)
    for other in [Self.data, FrameHeader(length: 1, kind: 9, flags: 4, stream: 5).frame([2]), first.frame([3])] {
      var scanner = FrameScanner()
      let bytes = Self.joined([first.frame([1]), other])
      #expect(Self.passed(bytes, in: 1, &scanner) == bytes)
    }
  }

  @Test("The client's acknowledgements of settings are taken out, and others put in after its first frame")
  func settingsHoldAtOnce() {
    let answer = Self.joined([FrameHeader.settingsAnswer.frame([])])
    let rest = Self.joined([Self.headers, Self.data])
    for step in [1, 5, 9, 24, 33, 1000] {
      var scanner = FrameScanner(skip: FrameScanner.prefaceSize)
      scanner.afterFirstFrame = ByteBuffer(bytes: answer + answer)
      let begin = Self.joined([Self.preface, Self.settings])
      #expect(Self.passed(begin + rest + answer + rest, in: step, &scanner) == begin + answer + answer + rest + rest)
    }
  }

  @Test("Settings that are sent say another frame size, and all else that they said")
  func frameSizeTold() {
    let frame = FrameHeader(length: 18, kind: 4)
    var bytes = frame.frame([0, 3, 0, 0, 1, 0, 0, 5, 0, 16, 0, 0, 0, 6, 0, 16, 0, 0])
    bytes.tell(maximumFrameSize: 16_384, inSettingsAt: 0)
    #expect(bytes == frame.frame([0, 3, 0, 0, 1, 0, 0, 5, 0, 0, 64, 0, 0, 6, 0, 16, 0, 0]))
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
