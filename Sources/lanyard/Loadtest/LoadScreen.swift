import Foundation
import LanyardLoad
import Synchronization

/// What a load test shows on standard error while it runs: rows that change on a terminal, else a line now and then.
final class LoadScreen: Sendable {
  private struct State {
    /// What stands on the terminal, to be written over.
    var rows = DrawnRows()
    var lastLine: ContinuousClock.Instant?
    var lastStage = ""
  }

  private static let isTerminal = isatty(STDERR_FILENO) == 1
  private static let interval = Duration.seconds(RunProgressText.interval)

  private let state = Mutex(State())

  /// Shows where the run is.
  func show(_ stage: LoadRun.Stage) {
    state.withLock { state in
      switch stage {
      case .preparing(let what, let done, let total):
        let count = total > 0 ? " \(done) of \(total)" : ""
        if Self.isTerminal {
          Self.redraw(&state, ["\(what)\(count) …"])
        } else if state.lastStage != what {
          (state.lastStage, state.lastLine) = (what, .now)
          Console.error("\(what)\(count) …")
        } else if Self.isDue(state) {
          state.lastLine = .now
          Console.error("\(what)\(count) …")
        }
      case .running(let progress):
        if state.lastStage != "" { (state.lastStage, state.lastLine) = ("", nil) }
        let text = RunProgressText(progress)
        if Self.isTerminal { return Self.redraw(&state, text.rows(width: Self.width, colour: Console.hasColour)) }
        guard Self.isDue(state) else { return }
        state.lastLine = .now
        Console.error(text.line)
      }
    }
  }

  /// Shows one row, and now and then a line where there is no terminal.
  func show(_ line: String) {
    state.withLock { state in
      if Self.isTerminal { return Self.redraw(&state, [line]) }
      guard Self.isDue(state) else { return }
      state.lastLine = .now
      Console.error(line)
    }
  }

  /// Takes what was drawn away.
  func clear() {
    guard Self.isTerminal else { return }
    state.withLock { Self.redraw(&$0, []) }
  }

  /// Whether it is time for another line where there is no terminal.
  private static func isDue(_ state: State) -> Bool {
    state.lastLine.map { $0.duration(to: .now) >= interval } ?? true
  }

  private static func redraw(_ state: inout State, _ rows: [String]) {
    let text = state.rows.redraw(rows, width: width)
    // The run goes on without its screen.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  private static var width: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}
