import Glibc
import Testing

@testable import lanyard

/// Both ends of a pseudo terminal.
final class PseudoTerminal {
  /// The end at which a person would sit.
  private let person: Int32
  /// The end that a programme has.
  let programme: Int32

  // The requests of ioctl_tty(2), which Swift does not import: TIOCSPTLCK and TIOCGPTN.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
    person = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var locked: Int32 = 0
    var number: Int32 = 0
    try #require(ioctl(person, Self.setLock, &locked) == 0 && ioctl(person, Self.getNumber, &number) == 0)
    programme = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(programme >= 0)
    resize(columns: columns, rows: rows)
  }

  deinit {
    close(programme)
    close(person)
  }

  func resize(columns: UInt16, rows: UInt16) {
    var window = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(programme, UInt(TIOCSWINSZ), &window)
  }

  /// The modes as figures that can be compared.
  var modes: [UInt32] {
    var settings = termios()
    tcgetattr(programme, &settings)
    return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
  }

  /// Stands after all that was written; the kernel hands bytes over in order, but some time later.
  private static let mark: UInt8 = 0x06

  /// All that was written and not yet seen.
  func seen() -> String {
    DescriptorOutput.write(String(UnicodeScalar(Self.mark)), to: programme)
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while text.last != Self.mark {
      let count = read(person, &chunk, chunk.count)
      guard count > 0 else { break }
      text += chunk[..<count]
    }
    return String(decoding: text.dropLast(), as: UTF8.self)
  }

  /// Types a text, and waits until the programme's end has it.
  func type(_ text: String) {
    let expected = waiting + Int32(text.utf8.count)
    DescriptorOutput.write(text, to: person)
    while waiting < expected { _ = poll(nil, 0, 1) }
  }

  /// How many typed bytes wait to be read.
  var waiting: Int32 {
    var count: Int32 = 0
    _ = ioctl(programme, UInt(FIONREAD), &count)
    return count
  }
}
