import Dispatch
import Glibc
import Synchronization

/// A terminal from which lines are read whose scanner ends none: each character is handed over as it is typed, and shown.
final class LineTerminal: Sendable {
  private enum State {
    /// How it was before, and what watches for the process's end.
    case open(before: termios, endings: [any DispatchSourceSignal])
    case closed
  }

  /// Bytes that mean something to whoever types.
  enum Key {
    static let end: UInt8 = 0x04
    static let backspace: UInt8 = 0x08
    static let eraseAll: UInt8 = 0x15
    static let delete: UInt8 = 0x7F
  }

  private let input: Int32
  private let state = Mutex(State.closed)

  /// Takes the terminal over; nil where it is none, or does not allow that: then only Enter ends a line.
  ///
  /// - Parameter endings: Signals after which the terminal is given back and the process ends by them.
  init?(input: Int32 = STDIN_FILENO, endings: [Int32] = Terminal.endingSignals) {
    self.input = input
    var before = termios()
    guard tcgetattr(input, &before) == 0 else { return nil }
    var typed = before
    typed.c_lflag &= ~tcflag_t(ICANON | ECHO)
    // What was typed before stays to be read: it may be a badge.
    guard tcsetattr(input, TCSADRAIN, &typed) == 0 else { return nil }
    state.withLock { state in
      let watched = endings.map { EndingSignal.watch($0) { [weak self] in self?.close() } }
      state = .open(before: before, endings: watched)
    }
  }

  deinit { close() }

  /// Shows a character, or a part of one, that was typed.
  func show(_ byte: UInt8) {
    guard byte >= 0x20, byte != Key.delete else { return }
    var byte = byte
    // A terminal that cannot be written to shows nothing.
    _ = Glibc.write(input, &byte, 1)
  }

  /// Shows that a line is over.
  func showEnd() { DescriptorOutput.write("\n", to: input) }

  /// Takes columns away that were shown last.
  func erase(_ columns: Int) { DescriptorOutput.write(String(repeating: "\u{8} \u{8}", count: columns), to: input) }

  /// Gives the terminal back as it was; does nothing the second time.
  func close() {
    state.withLock { state in
      guard case .open(var before, let endings) = state else { return }
      state = .closed
      tcsetattr(input, TCSAFLUSH, &before)
      for ending in endings { ending.cancel() }
    }
  }
}
