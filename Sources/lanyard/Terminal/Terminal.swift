import Dispatch
import Glibc
import LanyardTexts
import Synchronization

/// The terminal of a lane, taken over whole: raw keys, a screen of its own, no cursor.
final class Terminal: Sendable {
  /// Columns and rows.
  struct Size: Hashable, Sendable {
    let columns: Int
    let rows: Int
  }

  /// What there is to know while the terminal is taken over.
  private struct Screen {
    /// How the terminal was before.
    let before: termios
    var endings: [any DispatchSourceSignal] = []
    var shown: [String] = []
    /// The size at which `shown` was drawn.
    var size: Size?
  }

  private enum State {
    case open(Screen)
    case closed
  }

  /// Alternate screen, no cursor, and no wrapping, so that a row of disputed width stays in its line.
  private static let entering = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[2J"
  private static let leaving = "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"
  /// The signals by which a process ends, and after which the terminal has to be usable.
  static let endingSignals = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]

  private let input: Int32
  private let output: Int32
  private let state = Mutex(State.closed)

  /// Takes the terminal over.
  ///
  /// - Parameter endings: Signals after which the terminal is given back and the process ends by them; none where the
  ///   process sees to them itself.
  /// - Throws: `TerminalError` where input or output is no terminal.
  init(
    input: Int32 = STDIN_FILENO,
    output: Int32 = STDOUT_FILENO,
    endings: [Int32] = Terminal.endingSignals
  ) throws(TerminalError) {
    self.input = input
    self.output = output
    var before = termios()
    guard tcgetattr(input, &before) == 0, isatty(output) == 1 else { throw .notATerminal }
    var raw = before
    cfmakeraw(&raw)
    // What was typed before stays to be read: it may be a badge.
    guard tcsetattr(input, TCSADRAIN, &raw) == 0 else { throw .refused(errno: errno) }
    DescriptorOutput.write(Self.entering, to: output)
    state.withLock { state in
      var screen = Screen(before: before)
      screen.endings = endings.map { EndingSignal.watch($0) { [weak self] in self?.close() } }
      state = .open(screen)
    }
  }

  deinit { close() }

  /// The size at this moment; 80 by 24 where the terminal does not tell.
  var size: Size {
    var window = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
      return Size(columns: 80, rows: 24)
    }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }

  /// Shows the rows from the top; only those that changed are written, all at once.
  func draw(_ rows: [String]) {
    let size = size
    state.withLock { state in
      guard case .open(var screen) = state else { return }
      let shown = screen.shown
      let isFresh = size != screen.size
      let rows = Array(rows.prefix(size.rows))
      var text = isFresh ? "\u{1B}[0m\u{1B}[2J" : ""
      for (position, row) in rows.enumerated() where isFresh || position >= shown.count || shown[position] != row {
        text += "\u{1B}[\(position + 1);1H\(row)"
      }
      if !isFresh && rows.count < shown.count { text += "\u{1B}[\(rows.count + 1);1H\u{1B}[J" }
      DescriptorOutput.write(text, to: output)
      screen.shown = rows
      screen.size = size
      state = .open(screen)
    }
  }

  /// Gives the terminal back as it was; what was typed and not read is forgotten, so that no code reaches a shell.
  ///
  /// Does nothing the second time.
  func close() {
    state.withLock { state in
      guard case .open(let screen) = state else { return }
      state = .closed
      DescriptorOutput.write(Self.leaving, to: output)
      var before = screen.before
      tcsetattr(input, TCSAFLUSH, &before)
      for ending in screen.endings { ending.cancel() }
    }
  }
}

/// The signals by which a process ends that has taken a terminal over.
enum EndingSignal {
  /// Watches for one: what was taken is given back, then the process ends by it.
  static func watch(_ number: Int32, _ giveBack: @escaping @Sendable () -> Void) -> sending any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler {
      giveBack()
      signal(number, SIG_DFL)
      kill(getpid(), number)
    }
    source.setCancelHandler { signal(number, SIG_DFL) }
    source.activate()
    return source
  }
}

/// Why a terminal could not be taken over.
enum TerminalError: SpokenError, Hashable {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// The system refused raw mode.
  case refused(errno: Int32)

  var sentence: Sentence {
    switch self {
    case .notATerminal: Sentence(.laneNoTerminal)
    case .refused(let errno): Sentence(.laneTerminalRefused, ["code": .count(Int(errno))])
    }
  }
}
