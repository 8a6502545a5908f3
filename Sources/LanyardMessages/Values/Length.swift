package import LanyardDomain
package import SwiftProtobuf

extension Google_Protobuf_Duration {
  /// The length, to the nanosecond.
  package init(_ length: Duration) { self.init(rounding: length) }

  /// The length, to the nanosecond.
  ///
  /// - Parameters:
  ///   - range: What it may be, in whole seconds; any where none is said.
  ///   - fault: What is said of another; else which lengths there are, in seconds.
  /// - Throws: `InvalidInput` where it is another, or no length at all.
  package func length(
    in range: ClosedRange<Duration> = .every,
    field: String,
    else fault: Fault? = nil
  ) throws(InvalidInput) -> Duration {
    let (one, other) = (seconds, Int64(nanos))
    let isLength =
      abs(other) < 1_000_000_000 && one.magnitude <= Duration.longest
      && (one == 0 || other == 0 || (one < 0) == (other < 0))
    guard isLength, range.contains(exact) else {
      let known = "\(range.lowerBound.components.seconds) … \(range.upperBound.components.seconds)"
      throw InvalidInput(field: field, fault ?? .unknownNumber(number: Int(clamping: seconds), known: known))
    }
    return exact
  }

  /// The nearest of these lengths: for what is so in any case, however strangely it is told.
  func nearest(in range: ClosedRange<Duration>) -> Duration {
    guard seconds.magnitude <= Duration.longest else { return seconds < 0 ? range.lowerBound : range.upperBound }
    return min(max(exact, range.lowerBound), range.upperBound)
  }

  private var exact: Duration { .seconds(seconds) + .nanoseconds(Int64(nanos)) }
}

extension Duration {
  /// The length that a server told, or the nearest that there is, for who is shown it: there a strange one is better than
  /// none.
  package init(shown length: Google_Protobuf_Duration) { self = length.nearest(in: .every) }

  /// Seconds of the longest that the standard has, some 10,000 years.
  fileprivate static let longest: Int64 = 315_576_000_000
}

extension ClosedRange<Duration> {
  /// All that the standard has.
  package static let every = Duration.seconds(-Duration.longest)...Duration.seconds(Duration.longest)
}
