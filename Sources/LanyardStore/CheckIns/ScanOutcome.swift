package import LanyardDomain

/// What became of a submitted scan.
package enum ScanOutcome: Hashable, Sendable {
  case recorded(RecordedScan)
  case failed(ScanFailure)
}
