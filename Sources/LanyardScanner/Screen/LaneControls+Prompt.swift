import LanyardTexts

extension LaneControls {
  /// What is being asked of the operator; nil while scans are waited for.
  package var prompt: LaneView.Prompt? {
    switch mode {
    case .scanning: nil
    case .searching(let found, let total, let chosen, _):
      LaneView.Prompt(
        label: phrasebook.text(.promptLookUp),
        text: text,
        hint: phrasebook.text(found.isEmpty ? .promptHintSearch : .promptHintChoose),
        choices: found,
        total: total,
        chosen: chosen
      )
    case .noting(let scan):
      prompt(Sentence(.promptWhy, ["name": .text(scan.name)]), hint: Sentence(.promptHintGoOn))
    case .naming:
      prompt(
        Sentence(.promptYourName),
        hint: operatorName.isEmpty || !text.allSatisfy(\.isWhitespace)
          ? Sentence(.promptHintLetIn) : Sentence(.promptHintLetInAs, ["name": .text(operatorName)])
      )
    case .lettingOutAndIn(let scan):
      prompt(Sentence(.promptMissedExit, ["name": .text(scan.name)]), hint: Sentence(.promptHintMissedExit))
    case .undoing(let scans, let chosen):
      LaneView.Prompt(
        label: phrasebook.text(Sentence(.promptTakeBack, ["scan": .text(scans[chosen].name)])),
        text: text,
        hint: phrasebook.text(.promptHintTakeBack),
        choices: scans.count > 1 ? scans.map(\.name) : [],
        chosen: scans.count > 1 ? chosen : nil
      )
    case .quitting: prompt(Sentence(.promptQuit), hint: Sentence(.promptHintQuit))
    }
  }

  private func prompt(_ label: Sentence, hint: Sentence) -> LaneView.Prompt {
    LaneView.Prompt(label: phrasebook.text(label), text: text, hint: phrasebook.text(hint))
  }
}
