import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore

extension Lanyard_V1_StreamCheckInsResponse.Result {
  init(_ answer: LaneMailbox.Answer, in language: Language) {
    let outcome: Swift.Result<RecordedScan, RPCError> =
      switch answer.outcome {
      case .success(.recorded(let recorded)): .success(recorded)
      case .success(.failed(let failure)): .failure(language.told(failure))
      case .failure(let error): .failure(language.told(error))
      }
    self.init(scanID: answer.scanID, outcome, in: language)
  }
}
