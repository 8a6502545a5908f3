/// Where a run is, as the driver sees it; figures are of the last seconds unless they say otherwise.
package struct RunProgress: Sendable {
  package var scenario = ""
  /// Seconds from the start.
  package var elapsed = 0.0
  /// Seconds that all takes; nil where nobody knows, as in a search for the limit.
  package var length: Double?
  /// The phase or step that is played.
  package var phase = ""
  /// Scans due a second, and carried.
  package var asked = 0.0
  package var carried = 0.0
  /// Milliseconds.
  package var p50 = 0.0
  package var p99 = 0.0
  package var max = 0.0
  /// From the start on.
  package var answered = 0
  package var errors = 0
  /// People that wait at all lanes now, and at the longest.
  package var waiting = 0
  package var longestQueue = 0
  package var lanes = 0
  /// Lanes that are without the server now.
  package var offlineLanes = 0
  /// What is broken now, in words; nil where nothing is.
  package var fault: String?
  /// Seconds until that is mended; nil where nobody knows.
  package var faultLeft: Double?
  /// Whether the driver is late itself.
  package var isDriverLate = false

  package init() {}
}
