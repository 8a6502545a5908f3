import Foundation
import GRPCCore
import LanyardClient
import LanyardTexts

/// What the terminal shows.
enum Console {
  /// Whether standard output is a terminal.
  static let isTerminal = isatty(STDOUT_FILENO) == 1
  /// Whether colours are wanted (https://no-color.org).
  static let hasColour = isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

  /// How many rows and columns the terminal has now; nil where standard output is none, or it does not tell.
  static var size: (rows: Int, columns: Int)? {
    var window = winsize()
    guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0, window.ws_col > 0 else {
      return nil
    }
    return (Int(window.ws_row), Int(window.ws_col))
  }

  /// Gives standard streams that are closed something to be, so that no other file gets their numbers and what is printed.
  static func holdStreams() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
      // What is read has ended; what is written fails, as it would with nothing there.
      _ = open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes a line to standard error, as `TerminalText` shows it.
  static func error(_ line: String) { error(lines: TerminalText.line(line)) }

  /// Writes a text of one or several lines to standard error, as `TerminalText` shows it.
  static func error(lines text: String) {
    // Where nobody can be told, nobody can be told that either.
    try? FileHandle.standardError.write(contentsOf: Data((TerminalText.lines(text) + "\n").utf8))
  }

  /// Writes a sentence to standard error, after the program's name.
  static func error(_ sentence: Sentence, _ phrasebook: Phrasebook) {
    error(lines: "lanyard: \(phrasebook.text(sentence))")
  }

  /// Writes a line to standard output at once, as `TerminalText` shows it, whatever it is connected to. Where that cannot be,
  /// the command ends: what it did is done, and nobody can be told.
  static func line(_ text: String) { line(text, nil) }

  /// Writes such a line, and where colours are wanted in a style (parameters of SGR).
  static func line(_ text: String, _ style: String?) {
    let shown = TerminalText.line(text)
    write(Data(((style.map { coloured(shown, $0) } ?? shown) + "\n").utf8))
  }

  /// Writes a text of one or several lines to standard output, as `line` does.
  static func lines(_ text: String) { write(Data((TerminalText.lines(text) + "\n").utf8)) }

  /// Writes a line of a table for spreadsheets to standard output: its bytes where a program or a file takes them.
  static func data(_ line: String) {
    isTerminal ? lines(line) : write(Data((line + "\n").utf8))
  }

  /// Takes all away that the terminal shows; does nothing where there is none.
  ///
  /// - Parameter withHistory: Also what has scrolled away.
  static func clear(withHistory: Bool = false) {
    guard isTerminal else { return }
    write(Data("\u{1B}[H\u{1B}[2J\(withHistory ? "\u{1B}[3J" : "")".utf8))
  }

  /// Writes bytes to standard output at once, as `line` does.
  static func write(_ content: Data) {
    var bytes = [UInt8](content)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EPIPE {
        // Whoever read has gone, as `head` does when it has enough.
        exit(ExitStatus.done.rawValue)
      } else if errno == EBADF {
        error(Sentence(.doneOutputClosed), .ofSystem)
        exit(ExitStatus.unreachable.rawValue)
      } else if errno != EINTR {
        error(Sentence(.doneOutputFailed, ["cause": .text(String(cString: strerror(errno)))]), .ofSystem)
        exit(ExitStatus.unreachable.rawValue)
      }
    }
  }

  /// Writes a sentence to standard output, in the language of the system.
  static func say(_ key: Sentence.Key, _ facts: [String: Sentence.Fact]) {
    line(Phrasebook.ofSystem.text(Sentence(key, facts)))
  }

  /// Writes a value as one line of JSON.
  static func json(_ value: some Encodable) throws { line(try jsonText(value)) }

  /// A value as one line of JSON.
  static func jsonText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Says what the server refused, field by field, and with `--verbose` what the transport says where no server answered.
  static func report(_ failure: CallFailure, _ phrasebook: Phrasebook) {
    defer {
      if failure.source != .service, CommandLine.arguments.contains("--verbose") {
        error(lines: phrasebook.text(Sentence(.callTransport, ["text": .text(failure.message)])))
      }
    }
    if failure.code == .deadlineExceeded && failure.source == .connection {
      error(Sentence(.callNoAnswerInTime), phrasebook)
    } else if failure.fields.isEmpty {
      error(failure.sentence, phrasebook)
      if failure.code == .unavailable && failure.source == .connection && failure.certificateFault == nil {
        error(phrasebook.text(.callIsItRunning))
      }
    } else {
      error(Sentence(.callFieldsRefused), phrasebook)
      for field in failure.fields { error("  \(field.name): \(field.reason)") }
    }
  }

  /// The text in a colour, where colours are wanted.
  private static func coloured(_ text: String, _ style: String) -> String {
    hasColour ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }
}

/// A bar on standard error that shows how far long work is; where that is no terminal, nothing is drawn.
struct ProgressBar {
  private static let isTerminal = isatty(STDERR_FILENO) == 1
  private static let width = 30

  let title: Sentence.Key
  let total: Int

  func show(_ done: Int) {
    guard Self.isTerminal else { return }
    let filled = total > 0 ? Self.width * min(done, total) / total : Self.width
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    let line = "\r\(Phrasebook.ofSystem.text(title)) \(bar) \(done)/\(total)" + (done >= total ? "\n" : "")
    // The work goes on without its bar.
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
  }
}
