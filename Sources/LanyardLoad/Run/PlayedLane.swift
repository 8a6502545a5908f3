import LanyardDomain

/// A scan that is to be sent.
struct PlannedScan: Sendable {
  /// What is known of it before it is sent; its times and outcome are filled in.
  var observation: Observation
  /// What the reader read; empty where somebody was found by name.
  let code: String
  /// A badge that was found by name; nil where a code was read.
  var badge: ResourceName?
  /// Whether the server may have been sent it more than once.
  var isSentAgain = false
}

/// A lane that a run plays.
protocol PlayedLane: Sendable {
  /// Takes scans that are due, in their order, and does not wait for their answers.
  func send(_ scans: [PlannedScan]) async
  /// Keeps the lane going until it is cancelled.
  ///
  /// - Throws: `LoadFailure` where the server does not let it in, or it ends by itself; its words go on after the lane's name.
  func run() async throws
  /// Whether every scan has its answer, and none waits to be uploaded, as far as it can be seen from outside.
  var isIdle: Bool { get async }
  /// Whether it is known to decide by itself now.
  var isOffline: Bool { get async }
}
