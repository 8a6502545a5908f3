extension LaneView {
  /// What an answer asks of the operator; each has a symbol and a colour of its own.
  package enum Tone: Hashable, Sendable, CaseIterable {
    /// Let in.
    case go
    /// Let out.
    case out
    /// Do not let in.
    case stop
    /// Something may be amiss with the scan or the moment.
    case lookAgain
    /// Fetch somebody.
    case callSupervisor
    /// There is no answer yet.
    case waiting
    /// Nothing to do.
    case neutral

    /// The sign that stands beside the headline.
    package var symbol: String {
      switch self {
      case .go: "✓"
      case .out: "→"
      case .stop: "✗"
      case .lookAgain: "?"
      case .callSupervisor: "!"
      case .waiting: "…"
      case .neutral: "•"
      }
    }

    /// The colours of its band, with a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
    var style: ScreenStyle {
      switch self {
      case .go: .band(text: 16, ground: 40)
      case .out: .band(text: 231, ground: 26)
      case .stop: .band(text: 231, ground: 160)
      case .lookAgain: .band(text: 16, ground: 220)
      case .callSupervisor: .band(text: 231, ground: 90)
      case .waiting: .band(text: 16, ground: 252)
      case .neutral: .band(text: 231, ground: 240)
      }
    }
  }
}
