package import GRPCCore
package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_StreamCheckInsResponse.Result {
  /// What came of a scan of a lane's stream.
  ///
  /// - Parameter scanID: As it was sent, of a scan that is none too.
  package init(scanID: String, _ outcome: Swift.Result<RecordedScan, RPCError>, in language: Language) {
    self.init()
    self.scanID = scanID
    switch outcome {
    case .success(let scan): checkIn = Lanyard_V1_CheckIn(scan, in: language)
    case .failure(let status): error = Lanyard_V1_ScanError(status)
    }
  }
}
