extension Sentence {
  /// The name of a sentence: `operatorUnreadable` is `operator.unreadable`, its `msgctxt`, in every catalogue. The English
  /// catalogue has the facts of each in braces.
  package enum Key: String, Sendable, CaseIterable {
    // Refusals, to the operator.
    case operatorUnreadable, operatorForged, operatorUnknownKey, operatorOtherEvent, operatorUnknownBadge,
      operatorReplaced, operatorRevoked, operatorNotActivated, operatorCancelled, operatorNotConfirmed,
      operatorRemoteOnly, operatorNotYetValid, operatorNotYetValidFrom, operatorExpired, operatorOutsideHours,
      operatorOutsideHoursFrom, operatorNotAdmittedHere, operatorNotAdmittedHereFor, operatorNotAdmittedHereRemote,
      operatorNotBooked, operatorCheckpointClosed, operatorAlreadyInside, operatorAlreadyInsideSince,
      operatorAlreadyAdmitted, operatorAlreadyAdmittedSince, operatorFull, operatorUnknownReason

    // Refusals, what is said to the participant.
    case participantUnreadable, participantWait, participantDesk, participantOtherEvent, participantReplaced,
      participantCancelled, participantNotConfirmed, participantRemoteOnly, participantNotYetValid,
      participantNotYetValidFrom, participantExpired, participantOutsideHours, participantOutsideHoursFrom,
      participantNotAdmittedHere, participantNotAdmittedHereFor, participantNotAdmittedHereRemote, participantNotBooked,
      participantCheckpointClosed, participantAlreadyInside, participantAlreadyAdmitted, participantFull

    // Names of reasons for a refusal.
    case reasonUnreadable, reasonForged, reasonUnknownKey, reasonOtherEvent, reasonUnknownBadge, reasonReplaced,
      reasonRevoked, reasonNotActivated, reasonCancelled, reasonNotConfirmed, reasonRemoteOnly, reasonNotYetValid,
      reasonExpired, reasonOutsideHours, reasonNotAdmittedHere, reasonNotBooked, reasonCheckpointClosed,
      reasonAlreadyInside, reasonAlreadyAdmitted, reasonFull

    // Refusals by rules on coming again, by days and by badges that are held, and what would help.
    case operatorHeld, operatorOtherDay, operatorOtherDayFrom, operatorTooSoon, operatorTooSoonFrom,
      operatorAllEntriesUsed, operatorAllDaysUsed, participantOtherDay, participantOtherDayFrom, participantTooSoon,
      participantTooSoonFrom, participantAllEntriesUsed, reasonHeld, reasonOtherDay, reasonTooSoon, helpDoors,
      helpNextSession

    // On the pages for people of the house.
    case errorSignInRole, errorTrailNeedsOrganiser, listSignIn, listSignedIn, houseSignIn, houseSignInLead, houseToken,
      houseTokenHint, houseSignOut, houseSignedIn, houseSignedInAs, houseNavigation, housePageDesk, houseNextPage,
      houseNotForRole, houseNotForRoleMore, deskTitle, deskFind, deskFindHint, deskFound, deskFoundNobody, deskNobody,
      deskAllBadges, deskBack, deskBadges, deskNoBadges, deskPrint, deskPhoneBadge, deskApprove, deskActivate,
      deskIssue, deskReplace, deskRelease, deskHold, deskOnsite, deskRemote, deskRestore, deskCancel, deskCancelText,
      deskRevoke, deskRevokeText, deskReason, deskCorrect, deskHistory, deskWalkIn, deskRegister, deskIdentified,
      deskIdentifiedHint, deskErased, deskNo, deskMovedUpWhy, deskBadgeNumber, deskIssuedAt, deskPrintedAt, deskMoment,
      deskAdmittedAt, deskLeftAt, deskRefusedAt, deskRegistered, deskUpdated, deskConfirmed, deskVerified,
      deskWaitlisted, deskRejected, deskRestored, deskCancelled, deskMovedUp, deskLinked, deskBadgeIssued,
      deskBadgeReplaced, deskBadgeRenewed, deskBadgeRevoked, deskBadgeActivated, deskBadgeHeld, deskBadgeReleased,
      deskBadgeMarked, deskChangedMeanwhile, deskChangedBySomebody, deskNotPrinted, duplicateSamePerson,
      duplicateSimilarAddress, doneNoDuplicates, doneDuplicates, housePageRegistrations, reviewTitle, reviewSearch,
      reviewShow, reviewChoose, reviewFound, reviewNone, reviewDecide, reviewApprove, reviewApproveText, reviewReject,
      reviewRejectReason, reviewMoveUp, reviewMoveUpNote, reviewNobodyChosen, reviewNotDone, reviewDuplicates,
      reviewBack, reviewRegisteredOn, deskTakesPart, deskLanguage

    // What a scan came to.
    case headlineAdmitted, headlineLeft, headlineRefused, headlineStop, headlineLookAgain, headlineSupervisor,
      headlineNotRecorded, headlineReady, headlineWait, headlineRevoked, headlineLaneRefused

    // On a lane's screen.
    case laneScanABadge, laneNoAnswerYet, laneLetsNobodyIn, laneWaitingForServer, laneIsOpen, laneIsClosed,
      laneDoNotLetIn, laneSay,
      laneSayOwn, laneWasNotInside, laneDidNotScanOut, laneMissedExit, laneNotInRoster,
      laneLetInAgainst, laneOverridden, laneNote, laneBefore, laneRevoked, laneServerSilent, laneOverrideNeedsServer,
      laneNameNeedsServer, laneNoRosterYet, laneNotWritten, laneMayHaveCounted, laneNotLetIn, laneNoTimeZone,
      lanePlanNeedsUpdate, laneBadgeNeedsUpdate, laneAnswerNeedsUpdate, laneDeviceNeedsUpdate, laneJournalNeedsUpdate,
      laneNotTaken, laneNothingTaken, laneRosterNotErased, laneDiskFails,
      laneDiskFull, laneJournalBusy, laneNotRenewed, laneLeftNotUploaded, laneLeftUnreadable, laneLeftNotCounted,
      laneJournalUnreadable, laneRosterOld, laneKnowsUntil, laneJournalUnusable, laneJournalDamaged, laneJournalRemoved,
      laneJournalCut,
      laneRosterUnreadable, laneBoundElsewhere, laneBoundToUnknown,
      laneSayWhere,
      laneSayWhereOf, lanePlaceNotAllowed, laneMoved, laneIsKiosk,
      laneOtherLaneRuns, laneTooManyLanes, laneNoCheckpoints,
      laneUnknownCheckpoint, laneSeveralCheckpoints, laneLanguageNotKept, laneNoTerminal, laneTerminalRefused,
      laneNotPrinted

    // What is said in words that are made already.
    case toldWords, toldUnexpected

    // Why a call failed.
    case callUnreached, callStranger, callStatus, callOtherCode, callOtherType, callNoType, callNoHTTP2, callClockWrong,
      callDeviceNotTaken,
      callOtherName, callEventMeant, callEventUnknown, callNoEvents,
      callUntrusted, callNoAnswerInTime, callIsItRunning, callFieldsRefused, callStoreFailed,
      callRefused, callNameUnknown, callNoRoute, callTimedOut, callCut, callNoTLS, callMethodUnknown, callTooLarge,
      callBroken, callTransport

    // What is wrong with a certificate.
    case certificateCommonName, certificateSubjectName, certificateNoSubjectNames, certificateValidity,
      certificateUnreadable, certificateKeyUnreadable, certificateRequestUnreadable, certificateKeyMismatch,
      certificateNotAuthority, certificateAuthorityExpired, certificateForgedRequest, certificateUnsupportedKey,
      certificateEncryptedKey, certificateNotServerFirst, certificateUnsupportedServerKey, certificateNotForServers,
      certificateBackendFailure, certificateRanOut, certificateNotYet, certificateFewerNames, certificateFileMissing,
      certificateFileTooLarge, certificateOfFile, certificateNotForHost, certificateAuthorityUnread,
      certificateAuthorityHalf, certificateAuthorityDamaged, certificateOfServer, certificateOtherIsServed,
      certificateOtherNamesServed, certificateServerSilent

    // How a command finds its server.
    case serverNoToken, serverNoAuthority, serverNotRunning, serverUnreadable, serverPortTaken, serverAddressElsewhere,
      serverPortNotAllowed, serverStopped, serverNotStarted, serverRunsAlready, serverTooFewFiles

    // What is wrong with a setting of a server.
    case settingWrong, settingAtFault, settingNoWhole, settingNoText, settingOfFile, settingNoFile, settingUnknown,
      settingTwice,
      settingNoObject, settingNoJSON, settingKeyFileUnread, settingKeyFileLength, settingKeyFileInside,
      settingKeyFileOpen, settingKeyAsked, settingRange, settingLinksBroken, settingMoment, settingWebAddress

    // What is wrong with a command's options.
    case optionNotBoth, optionEitherOr, optionOneOf, optionUnknown, optionNoneOf, optionCannotBe, optionMissing,
      optionNeedsValue, optionTwice, optionEmptyValue, optionNotBefore, optionTakesNoValue, optionOther,
      optionOtherMeant, optionTooMuch,
      optionCommandMeant, optionCommandUnknown,
      optionOneOrMore, optionNumberOrNone, optionNoMoment, optionDayOutside, optionTimeApart, optionNoSlug,
      optionLeaveOut, optionOnlyWith, optionOtherEvent, optionNobodyRead, optionNothing, optionOfNobody,
      optionNoLength, optionNoFile, optionAnswer,
      optionSameFile, optionIsFolder, optionFolderMissing, optionFolderClosed, optionDataFolder, optionNotReport,
      optionNoFolder

    // What an operator sees to with a person.
    case attentionTitle, attentionSpecialNeeds, attentionEscort, attentionUnknown, attentionNoted, attentionUnread

    // Parts of a line about an answer.
    case lineOffline, lineSimulated, lineMissedExit, lineNotInRoster, lineAgainst, lineWasNotInside, lineRehearsal

    // The banner of a rehearsal.
    case rehearsalAt, rehearsalShort

    // Marks beside an answer.
    case markOffline, markOfflineShort, markNotOnRoster, markNotOnRosterShort, markNoBadge, markTakenBack,
      markTakenBackShort, markBadgeEnding, markInside, markRemote, markCancelled, markNotConfirmed,
      markNotKnown,
      markMissedExit, markMissedExitShort

    // What a function key does.
    case keyDirection, keyDirectionShort, keyLookUp, keyLookUpShort, keyOverride, keyOverrideShort, keyUndo,
      keyUndoShort, keyOutAndIn, keyOutAndInShort, keyQuit, keyQuitShort

    // How a lane stands with its server.
    case linkOnline, linkConnecting, linkConnectingShort, linkUploading, linkUploadingShort, linkOffline,
      linkOfflineShortest, linkRefused, linkRefusedShort, linkRevoked, linkRevokedShort

    // A personal link.
    case linkOfflineShort

    // Who is inside, and the way.
    case statusInside, statusInsideOf, statusDirection

    // Which way people pass.
    case directionIn, directionOut, directionAsDoor

    // Words of lists and within sentences: what has become of a badge, which ways people pass, how they take part, what badges
    // look like, what a device read that is no code.
    case badgeActive, badgeReplaced, badgeRevoked, badgeNotActivated, badgeHeld, waysIn, waysOut, waysBoth, waysByTurns,
      takingPartOnsite, takingPartRemote, looksConference, looksLabel, looksPhone, looksFile, sheetSingle, sheetA4,
      withheldWebAddress,
      withheldTooLong, withheldErased

    // Words within sentences: where a registration stands, what is done with it, who may call, what a device is for.
    case stateSubmitted, stateConfirmed, stateWaitlisted, stateRejected, stateCancelled, stateEmailPending, stepApprove,
      stepReject,
      stepCancel, stepRestore, stepMoveUp, roleOrganiser, roleDesk, roleScanner, roleViewer, profileLane, profileDoor,
      profileDesk,
      profileKiosk

    // Questions to the operator.
    case promptLookUp, promptWhy, promptYourName, promptTakeBack, promptScan, promptOutAndIn, promptThisBadge,
      promptTheScan, promptHintSearch, promptHintChoose, promptMore, promptHintGoOn, promptHintLetIn, promptHintLetInAs,
      promptHintTakeBack,
      promptMissedExit, promptMissedExitNote, promptHintMissedExit, promptQuit, promptYes, promptNo,
      promptHintQuit

    // What came of a key or a scan.
    case noticeNobodyFound, noticeSupervisorOnly, noticeNoRefusal, noticeNoScan, noticeSayWhy, noticeSayWho,
      noticeChoose, noticeLeaveFirst, noticeMissedExitDenied, noticeNobodyInside, noticeSeveralBadges, noticeNoEnter,
      noticeNoBadgeYet,
      noticeOneCharacter, noticeTypedGone,
      noticeOtherKeyboard, noticeKeyboardUnknown, noticeWebAddress, noticeWebAddressBeside, noticeTooLong,
      noticeLookUpOffline,
      noticeLookUpDenied, noticeManyFound, noticeMoreFound, noticeTakenBack

    // When a lane ends.
    case endingWaiting, endingWaitingRevoked, endingElsewhere

    // Headcounts that are followed.
    case watchLost, watchMore, watchLostSince, watchBack

    // Errors of calls.
    case errorNotFound, errorAlreadyRegistered, errorRejectedBefore, errorBookedOut, errorTakesNoBookings,
      errorDecisionNeeded, errorNoPlace, errorEventInUse, errorImportQuestioned, errorWrongState,
      errorEtagMismatch, errorChangedMeanwhile, errorRegistrationNever, errorRegistrationNotYet,
      errorRegistrationOver, errorVerificationUnknown, errorTooManyRequestsHere, errorTooManyForAddress,
      errorInsistNotAllowed, errorJoinNotRemote, errorJoinNotConfirmed, errorJoinNotForYou, errorJoinTooEarly,
      errorJoinOver, errorRequestIDReused, errorBadgeNotActive, errorMailEnded, errorOwnCodeUnknown,
      errorKeysLocked, errorKeySigns, errorBadgeHeld, errorBadgeNotActivated,
      errorKeyInUse,
      errorKeyChanged,
      errorUndoTooLate, errorMissedExitDenied, errorUndoOthers,
      errorEnrolmentCodeRefused, errorEnrolmentCodeWithdrawn, errorEnrolmentCodeUsed, errorDeviceRevoked,
      errorDeviceEnded, errorDeviceChanged,
      errorNotConfirmed, errorDataIsRehearsal, errorDataIsReal, errorUnknownValue, errorDiskFull, errorStoreGone,
      errorStoreBusy, errorServerStopping, errorStoreUnsigned, errorStoreUnusable, errorStoreFailed,
      errorSupervisorNeeded, errorSearchNotAllowed, errorRoleNotAllowed, errorProfileNotAllowed,
      errorParticipantNotAllowed, errorTokenMissing, errorTokenRefused, errorMethodWithoutPlace, errorEventNotAllowed,
      errorPlaceNotAllowed, errorDoorNotAllowed, errorNotYours, errorOtherDevice,
      errorDeadlineExceeded, errorCallCancelled,
      errorTooManySearches, errorDeviceUnknown, errorTooManyWatches, errorTooManyHeadcounts, errorTooManyFeeds,
      errorAllFeedsFollowed, errorSearchesBusy, errorTooManyAttemptsHere, errorTooManyAttempts, errorReaderTooSlow,
      errorCursorUnknown, errorPersonErased, errorErasureUnfinished, errorNoDeviceAuthority, errorNoService,
      errorBadgeRevoked, errorScanIDReused, errorScanTakenBack, errorTooManyScansWaiting, errorUnexpected,
      errorTooManyConnections, errorCertificateExpired, errorHeadersTooLarge, errorMessagesNotCompressed,
      errorRequestTooLarge,
      errorTooManyHealthWatchesHere, errorTooManyHealthWatches, errorRequestNotValid, errorFieldAtFault,
      errorFieldsAtFault

    // What is wrong with a field.
    case faultTooLong, faultCodeTooLong, faultHiddenCharacter, faultNoDate, faultNoTime, faultNoUUID, faultNoEntityTag,
      faultNoScanID, faultNoRequestID, faultNoAddress, faultInvisibleInAddress, faultAddressWithoutAt,
      faultAddressWithoutName,
      faultForbiddenInAddress, faultAddressTooLong, faultAddressWithoutDomain, faultNoName, faultInvisibleName,
      faultNotByLink, faultRoleNotInPublic, faultClosesWithoutOpening, faultNoWebAddress, faultNoLanguageTag,
      faultBesideAnswer,
      faultNoChoice, faultUnknownChoice, faultNothingToChoose, faultNoCountry, faultOtherCountry,
      faultOtherOrganisation, faultNoParticipation,
      faultOnSiteOnly,
      faultEmptyTable, faultUnknownColumn, faultMisspeltColumn, faultDoubledColumn,
      faultMissingColumn, faultOtherFieldCount, faultUnknownParticipation, faultNoYesOrNo, faultOpenQuote,
      faultTextWithoutColumn, faultNoMapping, faultTwice, faultEndedElsewhere, faultUnknownCountry, faultErrorCell,
      faultOtherEncoding,
      faultUnknownEncoding,
      faultStrayQuote, faultTextAfterQuote, faultNotCSVInUTF8, faultRowTooLong, faultOtherWorkbook,
      faultBrokenWorkbook, faultWorkbookTooLarge, faultTooManyFields,
      faultRegistrationEnded, faultDiffersFromLive, faultNoPlaceLeft, faultOtherEvent, faultOtherEventThanCheckpoint,
      faultEmptyResourceName, faultOtherResourceName, faultEventNotSaid, faultOtherListsToken, faultNegativePageSize,
      faultOtherOrder, faultEndNotAfterStart, faultEmptyMask, faultOtherPath, faultAddressNotCovered,
      faultCapacityOutOfRange, faultNoMinutesOfDay, faultNoEd25519Key, faultOtherLanguage, faultNotStated,
      faultUnknownNumber, faultBesideDesignFile, faultSheetTooSmall, faultNeedsReplace,
      faultNeedsPrintRun,
      faultBesidePrintRun, faultNegativeNumber, faultPastPrintRun, faultOtherPrintRunDesign, faultOtherPrintRunFile,
      faultPrintRunByFile, faultOtherPrintRunSheet,
      faultTooManyEntries, faultTooManyNames, faultTooManyCheckpoints,
      faultTooManyCodes,
      faultTooManyRows, faultTooManyScans, faultTooManyWords, faultTooFewLetters, faultNothingUndone,
      faultNobodySentOut,
      faultUnnamedDevice, faultLifetimeOutOfRange, faultOtherEventOnStream, faultOtherLaneOnStream, faultEventNotNamed,
      faultCheckpointNotNamed, faultBesideCode, faultMissedExitNotOut, faultNothingForKiosk, faultNoReasonGiven,
      faultIsNegative,
      faultOutOfRange,
      faultNoCertificateRequest, faultForgedCertificateRequest,
      faultOtherCertificateKey,
      faultUnknownTimeZone, faultUsedBefore, faultOtherScansID, faultMoreFaults, faultBesideCursor,
      faultNoSocketAddress, faultNoPort, faultPortOutOfRange, faultBareIPv6, faultNoIPv6, faultNoHost,
      faultTooManyTerms, faultDaysOfBadges, faultBelowConfirmed, faultRoomWithoutCheckpoint

    // What is wrong with a question of an event, or an answer to one.
    case faultUnknownQuestion, faultUnanswered, faultConsentNeeded, faultNoNumber, faultChoiceFull, faultNoChoices,
      faultChoicesBeside, faultQuestionNotBefore, faultNoAnswerOf, faultAnswered, faultQuestionTaken, faultGoneBy

    // What is wrong with a day, or with whether somebody may come in again.
    case faultOtherDay, programmeNoReentry

    // What is wrong with a JSON file.
    case jsonNoUTF8, jsonEndsEarly, jsonGoesOn, jsonNoValue, jsonNoKey, jsonNoColon, jsonNoComma, jsonTooDeep,
      jsonLeadingZero, jsonNoDigit, jsonControlCharacter, jsonOpenText, jsonOtherEscape, jsonHalfPair, jsonShortCode

    // What stands in a JSON file.
    case kindNull, kindFlag, kindNumber, kindText, kindList, kindObject

    // What a name may have been meant to be.
    case adviceMeant, adviceKnown, adviceKnownAndMore

    // What is wrong with a programme file.
    case programmeTooLarge, programmeNoDocument, programmeNoObject, programmeNoText, programmeNoTextNorObject,
      programmeNoFlag, programmeNoList, programmeNoDays, programmeUnknownKey, programmeDoubledKey, programmeMissing,
      programmeEmpty, programmeEmptyTexts, programmeNoWholeNumber, programmeNoDay, programmeTooManyEntries,
      programmeEmptyEntry, programmeDoubledEntry, programmeUnlisted, programmeLabelForID, programmeDoubledSlug,
      programmeNoID,
      programmeNoCode, programmeTooManyPlaces, programmeEndsBeforeStart, programmeEventTooLong,
      programmeMovingUpAfterStart, programmeReminderAfterEnd,
      programmeNoGroups,
      programmeSharedName, programmeSessionEndsEarly, programmeSessionTooLong, programmeNoTime, programmeOtherOffset,
      programmeOutsideEvent, programmeDoubledCode, programmeUnknownTrack, programmeUnknownWay, programmeNoTimeOfDay,
      programmeOpensAtEnd, programmeDoubledID, programmeSharedArea, programmeUnknownArea, programmeWithinItself,
      programmeDoubledRoom, programmeUnknownRoom,
      programmeOtherZoneInRoom, programmeOverlap, programmeWouldUndo, programmeResembles, programmeNoTimeZone

    // Answers of `lanyard scan kept`.
    case keptErasedWaiting, keptUploadsHere, keptJournalLine, keptPlaceKnown, keptPlaceUnknown, keptWaitOnceMore,
      keptWereErased, keptNoJournal, keptLaneIsWriting, keptOtherEvent, keptDamaged

    // Answers of `lanyard scan enrol`.
    case enrolDeviceEnrolled, enrolMayScanAt, enrolMayScanEverywhere, enrolFromNowOn, enrolDeviceBefore, enrolGoingOn,
      enrolFolderTaken, enrolNoCode, enrolIsOnRecord, enrolMayBeOnRecord, enrolOtherBegun, enrolBeforeUnreadable,
      enrolOriginUnreadable, enrolWithoutCertificate, enrolUnspent, enrolRosterEnded, enrolRosterStalled,
      enrolFolderUnusable, enrolOtherRuns, enrolBegunUnreadable, enrolCannotWrite, enrolGivenUp, enrolRemoveKeys,
      enrolMayHoldOld, enrolNoDevice, enrolDeviceUnreadable, enrolFileUnusable

    // Answers of `lanyard scan leave`.
    case leaveLaneRuns, leaveScansLeft, leaveScansLeftRevoked, leaveDone

    // Answers of `lanyard registrations import`.
    case importCutOff, importRefused, importChanged, importUnreadable, importTooLarge, importEncodingFound,
      importColumnsIgnored,
      importColumnsDecided, importColumnsHelp, importNothingChanged, importWroteRefused, importNotTold,
      importNotAllWritten, importRefusedNotWritten, importRefusedIsInput,
      importRowOf,
      importRowChanged, importUpdated, importWouldUpdate, importMovedUp, importWouldMoveUp, importBadges,
      importWouldBadges, importDiffering

    // What is wrong with a file that somebody wrote in YAML.
    case yamlUnlisted, yamlAtLine, yamlShownEmpty, yamlShownText, yamlShownKeys, yamlShownAlias, yamlNoWhole,
      yamlNoNumber, yamlNoShare, yamlNoSpan, yamlNoSpanAboveZero, yamlNoLine, yamlNoList, yamlNoKeys, yamlNoNames,
      yamlOtherKey,
      yamlOther, yamlAdvice, yamlEmpty, yamlEmptyOptional, yamlMissing, yamlNoEntry, yamlNoneOf, yamlSeveralOf,
      yamlAlias, yamlNoYAML, yamlNoYAMLHere, yamlOtherDocument, yamlOtherCharacter, yamlTooDeep, yamlDoubledKeys,
      yamlNoFile, yamlFileMissing, yamlNoUTF8

    // What is wrong with a load test's scenario.
    case scenarioUnplayable, scenarioNoLoop, scenarioReplayElsewhere, scenarioReplayEmpty, scenarioReplayUnreadable,
      scenarioNoSeed, scenarioNoWeight, scenarioBesideSearch, scenarioClosedBesideSearch, scenarioPhasesBesideSearch,
      scenarioDoubledLane, scenarioDoubledPhase, scenarioReplayNeedsFile, scenarioRoomsOnly, scenarioTwoLanes,
      scenarioEntrancesOnly, scenarioNobodyRegisters, scenarioNobodyWatches, scenarioNobodyEnters, scenarioOnePhase,
      scenarioNobodyWaits, scenarioMoreLanes, scenarioMissingLane, scenarioManyArrivals, scenarioNobodyComes,
      scenarioTooLong, scenarioAfterEnd, scenarioEndsLate, scenarioSearchAlone, scenarioSearchOpen,
      scenarioSearchTarget, scenarioSilentInSearch, scenarioSearchFast, scenarioSearchLong, scenarioSearchMany,
      scenarioOverlap, scenarioFileTooLong, scenarioNothing, scenarioNotDelivered

    // What is to be written in a scenario.
    case whatQuestion, whatPeople, whatLanes, whatRoomCapacity, whatService, whatVariation, whatWindow, whatWeight,
      whatRosters, whatAttendance, whatScreens, whatLongest, whatErrors, whatMemory, whatGrowth, whatFirstRate,
      whatFactor,
      whatStepLength,
      whatSteps, whatFirstLanes, whatLength, whatRestart, whatStandstill, whatFull, whatSetBack, whatLane, whatDelay,
      whatPeriod, whatBegin, whatPhaseName, whatHappens, whatCome, whatPeopleCome, whatRate, whatStartRate,
      whatEndRate, whatDayFile, whatSpells, whatBreaks, whatLaneList, whatPhases

    // What is to be written in a design of badges.
    case whatPaper, whatMillimetres, whatPoints, whatLines, whatShown, whatText, whatBoxes, whatColours,
      whatGroupColours, whatIDs, whatID

    // Why a recorded day cannot be replayed.
    case replayTooManyScans, replayNoFile, replayNoUTF8, replayTooLarge, replayMissing, replayLineTooLong,
      replayLineNoScan,
      replayLineNoTime

    // What organisers' commands have done.
    case doneImported, doneRowRefused, doneExported, donePrinted, doneNothingPrinted, doneAllLeftOut,
      doneNothingUnprinted, donePassedOverPrinted, donePrintedBefore, donePrintedMeanwhile, donePrintRun, doneLeftOut,
      doneLeftOutNamed, doneBadgesChecked, doneBadgeNotWorking,
      doneDesignFine, doneNoFontsToMeasure, donePreviewed, doneNobodyToShow, doneInAll,
      doneLinkEnds, doneErased, doneNobodyFits, doneNobodyCalled,
      doneSeveralFit, doneMoreFit, doneWhichEvent, doneNoEvents, doneOptionOfOne, doneOldCode, doneBadgeRemote,
      doneBadgeNotConfirmed, doneBadgeAgain, doneOldCodeNotWorking, doneNotMovedUp,
      doneOverCapacity, doneNoneChanged, doneConfirmErasure,
      doneEventImported, doneConfirmImport, doneNothingImported, doneConfirmArchive, doneNothingArchived,
      doneConfirmDelete, doneNothingDeleted, doneDeleted,
      doneArchived, doneUnarchived,
      doneEnrolmentCode, doneDeviceRevoked, doneIssued, doneIssuedPassedOver, doneReplaced, doneNothingRevoked,
      doneRotated, doneRotatedPlain, doneRetired,
      doneWrote, doneMade, doneServerNames, doneCertificateFine, doneTokenShown, doneTokenRevoked, doneNoToken,
      doneNoEventYet, doneBooked, doneUnbooked, donePassedOver, doneBadgesEndEarly,
      doneHowToWithdraw

    // Parts of the lines that organisers list.
    case listSupervisor, listEverywhere, listPlaces, listActive, listAllEvents, listCreated, listTokenRevoked,
      listFirstToken,
      listRevoked,
      listCertificateFile, listCertificateNames, listCertificateValid, listCertificateRanOut,
      listCertificateRunsOut, listCertificateServed, listCertificateNotServed, listSeen, listEnded, listNeverSeen,
      listSilentMinutes, listSilentHours, listSilentDays, listVersion, listScansWait, listClockAhead,
      listClockBehind, listCertificateUntil, listUntil, listTimesOf, listConflict, listConflictAfter, listOffline,
      listTakenBack, listSentOut, listSentOutNote, listCodeOf, listCodeLength, listBadgeOf, listAgainst, listToken,
      listDevice,
      listParticipant, listNobody, listArchived, listSystem, listErased, listBadge, listLinkToken, listYes, listNo,
      listMissedExit,
      listMissedExitNote, listMissedExitBy, listCodeWithheld

    // What a kiosk says to whoever stands before it.
    case kioskScan, kioskPrinting, kioskPrintedBefore, kioskPrintedBeforeAt, kioskUnknown, kioskDesk, kioskNoPrinter,
      kioskNoServer, kioskPrinterFailed, kioskPrintedInBulk, kioskActivation, kioskStillOnRecord, kioskNoProgram,
      kioskTooSlow, kioskTooSlowSaid

    // What mails to participants say, and what organisers read of them.
    case mailSubjectVerifyAddress, mailSubjectReceived, mailSubjectConfirmed, mailSubjectWaitlisted,
      mailSubjectRejected, mailSubjectMovedUp, mailSubjectBadgeReady, mailSubjectChanged, mailSubjectCancelled,
      mailSubjectPersonalLink, mailSubjectAlreadyRegistered, mailSubjectReminder, mailGreeting, mailGreetingPlain,
      mailTextVerifyAddress,
      mailTextNotYou,
      mailTextReceived, mailTextConfirmed, mailTextWaitlisted, mailTextPlace, mailTextWaitlistedNext,
      mailTextRejected, mailTextReason, mailTextMovedUp, mailTextBadgeReady, mailTextBadgeIssued,
      mailTextBadgeNotActivated, mailTextCalendar, mailTextChanged, mailTextCancelled, mailTextPersonalLink,
      mailTextAlreadyRegistered,
      mailTextReminder, mailTextReminderOnsite, mailLabelEvent, mailLabelDays, mailLabelPlace, mailLabelName,
      mailLabelOrganisation,
      mailLabelParticipation, mailLabelState, mailValueOnsite, mailValueRemote, mailActionVerify, mailActionOpen,
      mailFooterReply, mailFooterNoReply, mailFooterWhy, mailKindVerifyAddress, mailKindReceived, mailKindConfirmed,
      mailKindWaitlisted, mailKindRejected, mailKindMovedUp, mailKindBadgeReady, mailKindChanged, mailKindCancelled,
      mailKindPersonalLink, mailKindAlreadyRegistered, mailKindReminder, mailStateWaiting, mailStateSent,
      mailStateBounced, mailStateGivenUp,
      mailStateDropped, mailFaultRefused, mailFaultNotReached, mailFaultNotTrusted, mailFaultNotSignedIn,
      mailFaultSenderRefused, mailFaultCut, mailFaultNotComposed, mailLineTried, mailLineErased, mailWaits,
      mailNoServer, mailRehearsal, mailFailing, mailRetried, mailNone, mailImportGoes, mailImportNone,
      mailSettingServer, mailSettingFrom, mailSettingInside, mailSettingEmpty,
      mailSettingNeeds

    // What was printed.
    case listPrintRun, listPrinted, listNotPrinted, listBadgeIssued, listBadgePrinted

    // What organisers read of the keys that sign badges.
    case listKeySigns, listKeyVerifies, listKeyEnded, listKeyRetired, listKeyFrom, listKeyBadges, listKeyPlain,
      listKeySealed,
      listKeyLocked, listKeyDestroyed

    // What else their commands have done, or could not.
    case doneCode, doneLink, doneLinkOfThisMachine, doneWithdrawn, doneHadRunOut, doneNobodyAsked, doneNothingErased,
      doneNoConflicts, doneNoScanID, doneNoDevice,
      doneTakenBack, doneNothingTakenBack, doneSentOut, doneMarked, doneNoMark,
      doneSerialUnknown, doneNoBadge, doneRenewed, doneRenewedByOthers, doneStillEndEarly, doneVerifying,
      doneVerified, doneBackedUp, doneRestored, doneAfterRestore, doneNoRecord, doneNoted

    // What organisers read of counts, checkpoints and bookings.
    case listNothingReal, listPeopleInside, listInside, listInArea, listTotal, listClosedNow, listFullest,
      listInAll,
      listAdmittedToday, listRefusedToday, listCameOn, listCame,
      listExpected, listConfirmed, listNotStated, listAtMostInside,
      listNoLimit, listTighter, listOpen, listClosed, listDirections, doneNotWritten, doneOutputClosed,
      doneOutputFailed,
      doneBookedUnconfirmed,
      doneNotBooked, doneFileTooLarge

    // What a bar of progress is of.
    case progressChecking, progressRegistering, progressIssuing, progressRetrying, progressDrawing
    // Why badges are not drawn.
    case badgeDoesNotFit, badgeCharactersMissing, badgeErasedMeanwhile, badgeIsHeld, badgeIsReplaced,
      badgeIsRevoked, badgeIsNotConfirmed, badgeIsNotHere, errorFontsMissing

    // What is wrong with a design of badges.
    case badgeDesignFault, badgeDesignTooLong, badgeDesignEmpty, badgeDesignNotDelivered, badgeNoColour,
      badgeEmptyColour, badgeUnknownTerm, badgeNoTerms, badgeBoxName, badgeNoExtent, badgeNothingShown, badgeNoLetters,
      badgeSizesReversed, badgeLogoName, badgeManyLogos, badgeLogoMissing, badgeLogoTooLarge,
      badgeLogoPixels, badgeLogoFormat, badgeLogoElement, badgeLogoUnread, badgeOutsidePaper, badgeCodeTooSmall,
      badgeOverlap, badgeNoName, badgeNoCode, badgeTextTooLong, badgeTextUndrawn, badgeInkOnInk

    // On the pages for participants.
    case portalAll, portalAllRooms, portalAllToCalendar, portalAllTracks, portalBack, portalBadgeCode, portalBadgeData,
      portalBadgeDataText, portalBadgeHeld, portalBadgeName, portalBadgeNameHint, portalBadgeNotActivated, portalBook,
      portalBooked, portalBookings, portalCancel, portalCancelMore, portalCancelText, portalCancelled, portalChange,
      portalChangeHeading, portalChangeLead, portalChangeText, portalCityCountry, portalClock, portalConfirmAddress,
      portalConfirmAddressButton, portalConfirmAddressText, portalConfirmedOnsite, portalConfirmedRemote,
      portalCookies, portalCookiesText, portalCountry, portalDay, portalDayAndTimes, portalDaySummary, portalDays,
      portalDownload, portalEmail, portalEmailHint, portalEmailPending, portalErase, portalEraseMore, portalEraseText,
      portalErrorMark, portalErrorTitle, portalEvents, portalFailed, portalFailedMore, portalFamilyName, portalFault,
      portalFaultEmail, portalFaultGroup, portalFaultNoEmail, portalFaultNoName, portalFaultParticipation,
      portalFileSize, portalFilter, portalForGroups, portalForget, portalForgetText, portalFull, portalGiveBack,
      portalGivenName, portalGroup, portalGroupHint, portalHelp, portalHelpAccess, portalHelpAccessText, portalHelpAsk,
      portalHelpAskDesk, portalHelpAskText, portalHelpBadge, portalHelpBadgeText, portalHelpLead, portalHelpLink,
      portalHelpLinkText, portalHelpName, portalHelpNameText, portalHelpNoMail, portalHelpNoMailText, portalHow,
      portalHowLong, portalHowLongText, portalHowYouTakePart, portalJoin, portalJoinFrom, portalJoined,
      portalJoinedText, portalKept, portalKeptText, portalKeptTyped, portalLanguage, portalLanguageHint,
      portalLanguages, portalLeave, portalLinkHint, portalLinkLead, portalLinkOver, portalLinkSentMore,
      portalLinkSentText, portalLookIntoMail, portalLookIntoMailMore, portalLookIntoMailText, portalMailsAndPhotos,
      portalMyData, portalMyDataLead, portalMyDataText, portalMyRegistration, portalNeeds, portalNeedsHint,
      portalNeverOpen, portalNext, portalNoBookings, portalNoEvents, portalNoLimit, portalNoMailCame,
      portalNoPlaceLeft, portalNoProgramme, portalNoRole, portalNoStream, portalNoneChosen, portalNotAccepted,
      portalNotDone, portalNotOpenYet, portalNotRegistered, portalNotThere, portalNotThereMore, portalNotUnderstood,
      portalNothingToBook, portalNumber, portalOffline, portalOnNow, portalOnsite, portalOnsiteFullHint,
      portalOnsiteHint, portalOnsiteIn, portalOnsiteLeftHint, portalOnsiteOnly, portalOpenNoMore, portalOpensAt,
      portalOptional, portalOrganisation, portalOrganisationHint, portalPhotos, portalQuestion, portalPhotosAgreed,
      portalPhotosHint,
      portalPlace, portalPlaces, portalPlacesLeft, portalPosition, portalPrivacy, portalPrivacyLead, portalPrivacyLink,
      portalProblems, portalProgramme, portalRegister, portalRegisterHint, portalRegisterLead, portalRegisteredAlready,
      portalRegisteredOn, portalRehearsal, portalRehearsalText, portalRemote, portalRemoteHint, portalRemoteText,
      portalRemoteToo, portalRestore, portalRestoreText, portalRole, portalRoleHint, portalRoom, portalSave,
      portalSaveBadge, portalSendAgain, portalSendLink, portalSize, portalSkip, portalStaleForm, portalStaleFormMore,
      portalState, portalStepBadgeComes, portalStepBadgeComesMore, portalStepBook, portalStepBookMore,
      portalStepCancelled, portalStepCollect, portalStepCollectMore, portalStepJoin, portalStepJoinMore,
      portalStepMail, portalStepPassport, portalStepPassportMore, portalStepRejected, portalStepRemote,
      portalStepRemoteMore, portalStepReview, portalStepReviewMore, portalStepSave, portalStepSaveMore, portalStepWait,
      portalStepWaitMore, portalStillHere, portalStillHereHint, portalSwitchToOnsite, portalSwitchToOnsiteText,
      portalSwitchToRemote, portalSwitchToRemoteText, portalThenWaiting, portalTitle, portalTitleHint,
      portalToCalendar, portalToEvent, portalToEvents, portalTooLarge, portalTooLargeMore, portalTrack,
      portalUnderReview, portalVerifyOverText, portalWaiting, portalWaitingAt, portalWatch, portalWhen,
      portalWhenWhere, portalWhenWhereOnline, portalWhere, portalWholeProgramme, portalWhy, portalWhyText, portalYes,
      portalYou, portalYouHint, portalYourBadge, portalYourOrganisation, portalYourRights, portalYourRightsText,
      portalYourTime

    // Why a badge is among the hardest to set.
    case previewSmallestLetters, previewLongestName, previewMostLines, previewHighestLetters, previewSingleName,
      previewLongestOrganisation, previewScript, previewScriptsNotShown

    // Countries and areas as the United Nations call them, where the words of locales are others.
    case countryChina, countryPalestine, countryMyanmar, countryDemocraticCongo, countryCongo, countryHolySee,
      countryRepublicOfKorea, countryPeoplesKorea, countryIran, countrySyria, countryRussia, countryTanzania,
      countryVenezuela, countryBolivia, countryMoldova, countryLaos, countryVietNam, countryTurkiye, countryCzechia,
      countryEswatini, countryCoteDIvoire, countryCaboVerde, countryHongKong, countryMacao, countryTaiwan,
      countryMicronesia, countryBrunei, countryUnitedKingdom, countryUnitedStates, countryTimorLeste, countryBelarus,
      countryKyrgyzstan, countryMalvinas

    // What does not hold of the record of changes.
    case brokenChanged, brokenCutOff, brokenScansDiffer, brokenScansUntold, brokenUndosDiffer,
      brokenConflictsDiffer, brokenEndMissing, brokenOfEvent, brokenOfInstallation, brokenAbout

    // Why a store is not opened.
    case storeNoneStart, storeNone, storeDiskFull, storeUnopened, storeFolderOpen, storeFolderNotMade, storeUnreadable,
      storeLossNote, storeLossUnknown, storeLossGone, storeLossEmpty, storeLossNoStore, storeLossAnother,
      storeLossBehind, storeLossGoOn, storeLossMoveAway, storeFileThere, storeFolderUsed, storeFolderNotEmpty,
      storeBackupUnusable, storeBackupTaken, storeBackupBroken
  }
}

extension Sentence.Key {
  /// - Parameter context: The `msgctxt` of a catalogue.
  /// - Returns: Nil where no sentence has that name.
  init?(context: String) {
    guard let dot = context.firstIndex(of: ".") else { return nil }
    let rest = context[dot...].dropFirst()
    self.init(rawValue: context[..<dot] + rest.prefix(1).uppercased() + rest.dropFirst())
  }

  /// Its `msgctxt` in every catalogue, and what programs read of it.
  package var context: String {
    guard let capital = rawValue.firstIndex(where: \.isUppercase) else { return rawValue }
    let rest = rawValue[capital...]
    return rawValue[..<capital] + "." + rest.prefix(1).lowercased() + rest.dropFirst()
  }
}
