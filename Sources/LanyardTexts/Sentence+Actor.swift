package import LanyardDomain

extension Act.Actor {
  /// Who it is, in a list.
  package var sentence: Sentence {
    switch self {
    case .token(let id): Sentence(.listToken, ["id": .text(id)])
    case .signIn(let id, let token): Sentence(.listSignIn, ["id": .text(id), "token": .text(token)])
    case .device(let id): Sentence(.listDevice, ["id": .text(id)])
    case .participant(let id): Sentence(.listParticipant, ["id": .text(id)])
    case .nobody: Sentence(.listNobody)
    case .system: Sentence(.listSystem)
    }
  }
}
