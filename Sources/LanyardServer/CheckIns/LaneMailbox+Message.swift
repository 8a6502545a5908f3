import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore

extension Lanyard_V1_StreamCheckInsResponse.Result {
  init(_ answer: LaneMailbox.Answer, in language: Language) {
    switch answer.outcome {
    case .success(.recorded(let recorded)):
      self.init()
      scanID = answer.scanID
      checkIn = Lanyard_V1_CheckIn(recorded, in: language)
    case .success(.failed(let failure)): self.init(scanID: answer.scanID, error: failure, in: language)
    case .failure(let error): self.init(scanID: answer.scanID, error: error, in: language)
    }
  }

  private init(scanID: String, error: any Error, in language: Language) {
    self.init()
    self.scanID = scanID
    self.error = Lanyard_V1_ScanError(language.status(error))
  }
}
