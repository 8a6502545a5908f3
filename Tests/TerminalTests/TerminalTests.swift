import Glibc
import Testing

@testable import lanyard

@Suite("The terminal of a lane")
struct TerminalTests {
  private let device: PseudoTerminal

  init() throws {
    device = try PseudoTerminal()
  }

  private func open() throws -> Terminal {
    try Terminal(input: device.programme, output: device.programme, endings: [])
  }

  @Test("is raw and has a screen of its own until it is closed, which may be done twice")
  func openAndClose() throws {
    let before = device.modes
    let terminal = try open()
    #expect(device.seen().contains("\u{1B}[?1049h\u{1B}[?25l"))
    let flags = Int32(device.modes[3])
    #expect(flags & (ICANON | ECHO | ISIG) == 0)
    terminal.close()
    #expect(device.modes == before)
    #expect(device.seen().hasSuffix("\u{1B}[?25h\u{1B}[?1049l"))
    terminal.close()
    #expect(device.seen().isEmpty)
  }

  @Test("is given back where it goes out of use")
  func dropped() throws {
    let before = device.modes
    _ = try open()
    #expect(device.modes == before)
  }

  @Test("takes Ctrl-C as a key, and forgets on closing what was typed and not read")
  func typed() throws {
    let terminal = try open()
    device.type("\u{3}LY1")
    #expect(device.waiting == 4)
    terminal.close()
    #expect(device.waiting == 0)
  }

  @Test("draws only the rows that changed")
  func changes() throws {
    let terminal = try open()
    _ = device.seen()
    terminal.draw(["one", "two", "three"])
    #expect(device.seen() == "\u{1B}[0m\u{1B}[2J\u{1B}[1;1Hone\u{1B}[2;1Htwo\u{1B}[3;1Hthree")
    terminal.draw(["one", "TWO", "three"])
    #expect(device.seen() == "\u{1B}[2;1HTWO")
    terminal.draw(["one", "TWO", "three"])
    #expect(device.seen().isEmpty)
    terminal.draw(["one"])
    #expect(device.seen() == "\u{1B}[2;1H\u{1B}[J")
    terminal.close()
    _ = device.seen()
    terminal.draw(["late"])
    #expect(device.seen().isEmpty)
  }

  @Test("draws everything anew after its size changed, and no more rows than it has")
  func resized() throws {
    let terminal = try open()
    #expect(terminal.size == Terminal.Size(columns: 80, rows: 24))
    terminal.draw(["one", "two"])
    _ = device.seen()
    device.resize(columns: 40, rows: 1)
    #expect(terminal.size == Terminal.Size(columns: 40, rows: 1))
    terminal.draw(["one", "two"])
    #expect(device.seen() == "\u{1B}[0m\u{1B}[2J\u{1B}[1;1Hone")
  }

  @Test("is refused where there is none")
  func noTerminal() {
    #expect(throws: TerminalError.notATerminal) { try Terminal(input: -1, output: -1, endings: []) }
    #expect(throws: TerminalError.notATerminal) {
      try Terminal(input: device.programme, output: -1, endings: [])
    }
  }

  @Test("hands lines over by the character where it is read without a screen, shows them, and is given back")
  func lines() throws {
    let before = device.modes
    let terminal = try #require(LineTerminal(input: device.programme, endings: []))
    let flags = Int32(device.modes[3])
    #expect(flags & (ICANON | ECHO) == 0 && flags & ISIG != 0)
    device.type("LY")
    #expect(device.waiting == 2)
    for byte in "aé\u{4}\u{7F}".utf8 { terminal.show(byte) }
    terminal.erase(1)
    terminal.showEnd()
    #expect(device.seen() == "aé\u{8} \u{8}\r\n")
    terminal.close()
    #expect(device.modes == before && device.waiting == 0)
    #expect(LineTerminal(input: -1, endings: []) == nil)
  }
}
