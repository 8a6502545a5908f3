import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages

/// From when to when badges are valid: one, or all that a run leaves out since they are not valid throughout it.
struct BadgeDays {
  /// Nil where there is no badge.
  private var valid: Range<Instant>?

  /// No badge yet.
  init() {}

  init(_ badge: Lanyard_V1_Badge) throws {
    let begin = try badge.validFromTime.instant(field: "valid_from_time")
    let end = try badge.expireTime.instant(field: "expire_time")
    valid = begin..<max(begin, end)
  }

  /// Whether a badge is valid all that time.
  func cover(_ span: Range<Instant>) -> Bool {
    valid.map { $0.lowerBound <= span.lowerBound && span.upperBound <= $0.upperBound } ?? false
  }

  /// Takes in those of another badge.
  mutating func add(_ other: BadgeDays) {
    guard let days = other.valid else { return }
    valid = valid.map { min($0.lowerBound, days.lowerBound)..<max($0.upperBound, days.upperBound) } ?? days
  }

  /// Why none of these badges can be scanned in that time; nil where there is none.
  func failure(_ event: String, _ span: Range<Instant>) -> LoadFailure? {
    func words(_ span: Range<Instant>) -> String {
      "\(span.lowerBound.rfc3339()) to \(span.upperBound.rfc3339())"
    }
    return valid.map { valid in
      LoadFailure(
        "\(event) has no badge that is valid throughout the run, from \(words(span)): its badges are so from "
          + "\(words(valid)) at the most; let the server rehearse a moment of these days",
        .wrongUse
      )
    }
  }
}

extension Scenario {
  /// What its clocks may show while it is played from a moment on, and while what it left is waited for.
  func span(from moment: Instant) -> Range<Instant> {
    let back = faults.reduce(Duration.zero) { sum, fault in
      if case .clockBack(let time) = fault.kind { sum + time } else { sum }
    }
    return moment - back..<moment + length + RunDay.margin
  }
}
