import LanyardTexts

extension LaneView {
  /// What is shown large.
  private var large: Answer { isReading ? waiting : last ?? standing }

  private var waiting: Answer {
    var waiting = Answer(headline: phrasebook.text(.headlineWait), tone: .waiting, time: "")
    waiting.explanation = [phrasebook.text(.laneNoAnswerYet)]
    return waiting
  }

  /// What is shown large where nothing was answered lately.
  private var standing: Answer {
    let (headline, tone, explanation): (Sentence.Key, Tone, Sentence.Key) =
      switch link {
      case .revoked: (.headlineRevoked, .stop, .laneLetsNobodyIn)
      case .refused: (.headlineLaneRefused, .stop, .laneLetsNobodyIn)
      case .connecting: (.headlineReady, .neutral, .laneWaitingForServer)
      case .online, .offline, .uploading: (.headlineReady, .neutral, .laneScanABadge)
      }
    var standing = Answer(headline: phrasebook.text(headline), tone: tone, time: "")
    standing.explanation = [phrasebook.text(explanation)]
    return standing
  }

  /// The last answer: its band as large as it fits, then the person and what explains the answer.
  ///
  /// Below it at least `minimum` rows stay free; letters larger than the smallest leave `comfort` rows.
  func answerRows(_ canvas: Canvas, height: Int, minimum: Int, comfort: Int) -> [String] {
    let answer = large
    let details = detailRows(canvas, answer)
    let room = height - minimum
    let ample = height - comfort - details.count - 2
    let band =
      blockBand(canvas, answer, height: ample, largest: 6)
      ?? blockBand(canvas, answer, height: room - details.count, largest: 1)
      ?? plainBand(canvas, answer, height: ample)
    // Blank rows around the person are the first to go, then the last lines of the explanation.
    for blanks in [1, 0] where band.count + details.count + 2 * blanks <= room {
      let gap = Array(repeating: canvas.blank, count: blanks)
      return band + gap + details + gap
    }
    let most = prompt.map { $0.choices.isEmpty } ?? true ? max(room, min(height, band.count + 3)) : room
    return Array((band + details).prefix(max(0, most)))
  }

  /// The coloured band with the headline in block letters, below them the caption; nil where they do not fit.
  private func blockBand(_ canvas: Canvas, _ answer: Answer, height: Int, largest: Int) -> [String]? {
    guard let letters = blockLetters(canvas, answer, height: height - 1, largest: largest) else { return nil }
    let rows = letters.map { canvas.band(" " + $0, answer.tone.style) }
    let caption = canvas.band(caption(answer), answer.tone.style)
    let blank = canvas.band("", answer.tone.style)
    return height >= rows.count + 4 ? [blank] + rows + [blank, caption, blank] : rows + [caption]
  }

  /// The coloured band with nothing but the caption.
  private func plainBand(_ canvas: Canvas, _ answer: Answer, height: Int) -> [String] {
    let caption = canvas.band(caption(answer), answer.tone.style)
    let blank = canvas.band("", answer.tone.style)
    return height >= 3 ? [blank, caption, blank] : [caption]
  }

  /// Symbol, headline, what is special about the answer, and its time, which may be cut.
  private func caption(_ answer: Answer) -> String {
    let offline = answer.isOffline ? phrasebook.text(.markOffline) : ""
    let notes = [offline, answer.isMarked ? phrasebook.text(.markNotOnRoster) : "", answer.time]
    return ([answer.tone.symbol + " " + answer.headline] + notes.filter { !$0.isEmpty }).joined(separator: " · ")
  }

  /// The headline at the largest scale that fits, with its symbol if there is room for it, else a word a line; of a script
  /// without block letters the symbol alone. Nil where nothing fits.
  private func blockLetters(_ canvas: Canvas, _ answer: Answer, height: Int, largest: Int) -> [String]? {
    let room = canvas.width - 3
    let withSymbol = answer.tone.symbol + " " + answer.headline
    for scale in stride(from: largest, through: 1, by: -1) where BigText.height * scale <= height {
      for (word, gap) in [(withSymbol, 2), (withSymbol, 1), (answer.headline, 2), (answer.headline, 1)] {
        guard let rows = BigText.rows(word, gap: gap, scale: scale) else { continue }
        if rows[0].count <= room { return rows }
      }
    }
    let words = answer.headline.split(separator: " ").compactMap { BigText.rows(String($0), gap: 1, scale: 1) }
    let stacked = Array(words.joined(separator: [""]))
    let fits = stacked.count <= height && stacked.allSatisfy { $0.count <= room }
    if fits && words.count > 1 { return stacked }
    guard BigText.rows(answer.headline, gap: 1, scale: 1) == nil else { return nil }
    return stride(from: largest, through: 1, by: -1).lazy.filter { BigText.height * $0 <= height }
      .compactMap { BigText.rows(answer.tone.symbol, gap: 1, scale: $0) }.first { $0[0].count <= room }
  }

  /// The person, what to see to and what explains the answer.
  private func detailRows(_ canvas: Canvas, _ answer: Answer) -> [String] {
    var rows: [String] = []
    if !answer.name.isEmpty { rows.append(detail(canvas, answer.name, .bold)) }
    if let attention = answer.attention {
      rows.append(canvas.band("! \(phrasebook.text(.attentionTitle))  \(attention)", .warning))
    }
    for line in answer.explanation.prefix(6) {
      let lines = TextWidth.wrapped(ShownText.neutral(line), to: canvas.width - 4)
      rows += lines.prefix(3).map { detail(canvas, $0, .plain) }
    }
    if !answer.group.isEmpty {
      rows.insert(detail(canvas, answer.group, .faint), at: answer.name.isEmpty ? 0 : 1)
    }
    return rows
  }

  private func detail(_ canvas: Canvas, _ text: String, _ style: ScreenStyle) -> String {
    var row = canvas.row
    row.add("  ")
    row.add(text, style)
    return row.finished()
  }
}
