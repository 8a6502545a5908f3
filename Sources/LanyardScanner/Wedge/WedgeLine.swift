import LanyardDomain
package import LanyardTexts

/// What one line comes to that a keyboard-wedge scanner typed: every kind of lane takes it so.
package struct WedgeLine: Hashable, Sendable {
  /// The most bytes of a line that are taken in; a scanner gone wild is cut there.
  static let limit = 4096

  /// What is decided on, in its order: a web address beside a code is only told of.
  package let readings: [WedgeReading]
  /// What the operator should know beside the answers.
  package let notices: [Sentence]

  package init(_ line: String) {
    let typed = WedgeReading.readings(in: line)
    readings = typed.count > 1 ? typed.filter { $0 != .noCode(.webAddress) } : typed
    notices =
      WedgeReading.isOneCharacter(line)
      ? [Sentence(.noticeOneCharacter)] : typed.compactMap { $0.notice(isAlone: typed.count == 1) }
  }
}
