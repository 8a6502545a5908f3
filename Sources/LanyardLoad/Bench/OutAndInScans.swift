import Foundation
package import LanyardAPI
import LanyardDomain
import LanyardMessages

/// The scans of one lane: each of its badges goes out, then each comes in, and so on. Out comes first, since a way out is
/// never refused, so that one workload can follow another that ended anywhere.
package struct OutAndInScans: Sendable {
  private let codes: [String]
  private var count = 0

  /// - Parameter codes: Badge codes that only this lane scans; at least one.
  package init(codes: [String]) {
    precondition(!codes.isEmpty, "a lane needs a badge to scan")
    self.codes = codes
  }

  /// The next scan, with an id of its own.
  package mutating func next() -> Lanyard_V1_Scan {
    let pass = count / codes.count
    let code = codes[count % codes.count]
    count += 1
    let now = Instant(Date())
    return Lanyard_V1_Scan(
      id: .timeOrdered(at: now),
      code: code,
      direction: pass.isMultiple(of: 2) ? .out : .into,
      scannedAt: nil
    )
  }
}
