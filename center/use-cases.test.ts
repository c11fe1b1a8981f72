import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CandidateId, TenantId } from '../contract/words/ids.ts';
import * as accounts from './accounts/index.ts';
import * as appeals from './appeals/index.ts';
import * as assignments from './assignments/index.ts';
import * as audit from './audit/index.ts';
import * as bankUploads from './bank-uploads/index.ts';
import * as bulletin from './bulletin/index.ts';
import * as certificates from './certificates/index.ts';
import type { Queries } from './database/index.ts';
import * as evidence from './evidence/index.ts';
import * as exams from './exams/index.ts';
import * as home from './home/index.ts';
import * as hooks from './hooks/index.ts';
import * as jobs from './jobs/index.ts';
import * as learning from './learning/index.ts';
import * as log from './log/index.ts';
import * as moves from './moves/index.ts';
import * as organisations from './organisations/index.ts';
import * as people from './people/index.ts';
import * as personFiles from './person-files/index.ts';
import * as planning from './planning/index.ts';
import * as proctoring from './proctoring/index.ts';
import * as results from './results/index.ts';
import * as retention from './retention/index.ts';
import * as schedules from './schedules/index.ts';
import * as stations from './stations/index.ts';
import type { ActingStation, Actor, Visitor } from './tenants/index.ts';
import * as tenants from './tenants/index.ts';
import * as toldResults from './told-results/index.ts';

/** Who may do what, beneath every way in. Whoever adds a use case says here whose it is. */
const MANAGERS = {
  nameFirm: organisations.nameFirm,
  ...{ setVisitorExam: tenants.setVisitorExam, putExam: exams.putExam, addPicture: exams.addPicture },
  ...{ putCandidate: people.putCandidate, putProctor: people.putProctor, drawSeats: people.drawSeats },
  ...{ arrangeCandidate: people.arrangeCandidate, correctNumber: people.correctNumber },
  ...{ importRoster: people.importRoster, addNamedPhoto: people.addNamedPhoto },
  ...{ invitePhoto: people.invitePhoto, giveCoursesSat: learning.giveCoursesSat },
  ...{ leaveRoster: people.leaveRoster, lookAtPhoto: people.lookAtPhoto, mustBeUsable: people.mustBeUsable },
  ...{ authoriseProctor: people.authoriseProctor, inviteProctor: people.inviteProctor },
  ...{ addToken: tenants.addToken, listTokens: tenants.listTokens, endToken: tenants.endToken },
  ...{ addEnrolmentCode: stations.addEnrolmentCode },
  ...{ giveCommand: proctoring.giveCommand, outcomeOf: proctoring.outcomeOf },
  ...{ openUnlockWindow: proctoring.openUnlockWindow, makePackage: assignments.makePackage },
  ...{ putCourse: learning.putCourse, putMedia: learning.putMedia, listMedia: learning.listMedia },
  ...{ readStatements: learning.readStatements },
  ...{ giveCourse: learning.giveCourse, candidatesMeant: people.candidatesMeant },
  ...{ inviteHome: home.inviteHome, endHome: home.endHome },
  ...{ inviteManyHome: home.inviteManyHome, endManyHome: home.endManyHome },
  ...{ lookAtCourse: learning.lookAtCourse, putCourseDraft: learning.putCourseDraft },
  takeCourseDraft: learning.takeCourseDraft,
  ...{
    examVersions: exams.examVersions,
    ...{ readBankVersion: exams.readBankVersion, moveExam: exams.moveExam },
    ...{ changeRules: exams.changeRules, addExam: exams.addExam, lookAtRules: exams.lookAtRules },
    ...{ endUnlockWindow: proctoring.endUnlockWindow, packageContents: assignments.packageContents },
    ...{ exportBankVersion: exams.exportBankVersion, itemReport: results.itemReport },
    termsEver: people.termsEver,
    givenWords: proctoring.givenWords,
  },
  ...{ addBankUpload: bankUploads.addBankUpload, readBankUpload: bankUploads.readBankUpload },
  ...{ listBankUploads: bankUploads.listBankUploads, readBankUploadAgain: bankUploads.readBankUploadAgain },
  ...{ dropBankUpload: bankUploads.dropBankUpload, takeBankUpload: bankUploads.takeBankUpload },
  ...{ listBankRows: bankUploads.listBankRows, readBankRow: bankUploads.readBankRow },
  ...{ mendBankRow: bankUploads.mendBankRow, settleBankRow: bankUploads.settleBankRow },
  ...{ addUploadPicture: bankUploads.addUploadPicture, uploadPicture: bankUploads.uploadPicture },
  ...{ handExam: exams.handExam, noteExam: people.noteExam },
  releaseBeginning: moves.releaseBeginning,
  ...{ revokeStation: stations.revokeStation, wishFreshKey: stations.wishFreshKey },
  ...{
    revokeCertificate: certificates.revokeCertificate,
    setCertificateTerm: certificates.setCertificateTerm,
  },
  ...{ settleDispute: results.settleDispute, revealSeries: results.revealSeries },
  ...{ giveGrants: stations.giveGrants, listGrants: stations.listGrants, endGrant: stations.endGrant },
};
const READERS = {
  listSeats: people.listSeats,
  ...{ listRules: exams.listRules, readRules: exams.readRules, bankOfExam: exams.bankOfExam },
  ...{ readRecords: results.readRecords, readTotals: results.readTotals, proofFileOf: results.proofFileOf },
  ...{
    listDisputes: results.listDisputes,
    listRivals: results.listRivals,
    listBeginnings: moves.listBeginnings,
    readDoubts: results.readDoubts,
  },
  ...{ listBankVersions: exams.listBankVersions, listExamVersions: exams.listExamVersions },
  ...{ earlierResults: results.earlierResults, creditedTime: results.creditedTime, resultsSince: results.resultsSince },
  ...{ certificateEnds: certificates.certificateEnds, heardSince: moves.heardSince },
  bankVersion: exams.bankVersion,
  ...{ countRecords: results.countRecords, studiedRecords: results.studiedRecords },
  ...{ listCourses: learning.listCourses, listNotLearned: learning.listNotLearned },
  listOnRoster: people.listOnRoster,
  ...{ listHomeAccess: home.listHomeAccess, listCoursesWithHome: home.listCoursesWithHome },
  ...{ listStudents: home.listStudents, listLearners: home.listLearners, listStudying: learning.listStudying },
  ...{ readCourse: learning.readCourse, audiencesOf: people.audiencesOf },
  listStrayMoves: moves.listStrayMoves,
  ...{ listEveryStation: stations.listEveryStation, revokedStations: stations.revokedStations },
  ...{ listOpenMoves: moves.listOpenMoves, heardStations: stations.heardStations, saidPhotos: stations.saidPhotos },
  ...{ grantTexts: stations.grantTexts, findingsOfRecords: stations.findingsOfRecords, seenHeads: stations.seenHeads },
  ...{
    listCertificates: certificates.listCertificates,
    readCertificate: certificates.readCertificate,
    certificateFile: certificates.certificateFile,
    certificatePaper: certificates.certificatePaper,
    listCertificateTerms: certificates.listCertificateTerms,
    listExamTerms: certificates.listExamTerms,
  },
  ...{ listMemberships: people.listMemberships, photosNotLookedAt: people.photosNotLookedAt },
  ...{ pinResets: people.pinResets, findPeople: people.findPeople },
  ...{ listWorkers: people.listWorkers, readWorker: people.readWorker, countWorkers: people.countWorkers },
  ...{ listPageSessions: tenants.listPageSessions, endPageSession: tenants.endPageSession },
  ...{ auditPage: audit.auditPage, auditExport: audit.auditExport },
};
const MEMBERS = {
  ...{ examTitles: exams.examTitles, mustHaveExam: exams.mustHaveExam },
  assignedProctors: people.assignedProctors,
  ...{ idOfNumberEver: people.idOfNumberEver, idOfNumber: people.idOfNumber, listCandidates: people.listCandidates },
  ...{
    candidatesByIds: people.candidatesByIds,
    readPhoto: people.readPhoto,
    photoOwners: people.photoOwners,
    listProctors: people.listProctors,
  },
  ...{
    stationOfTenant: stations.stationOfTenant,
    listStations: stations.listStations,
    stationNames: stations.stationNames,
    stationUsedBy: stations.stationUsedBy,
    usableStations: stations.usableStations,
  },
  ...{ listStudies: learning.listStudies, isCourse: learning.isCourse },
  ...{ readProgress: results.readProgress, turnsInOwnRoom: planning.turnsInOwnRoom },
  ...{ listUnlockWindows: proctoring.listUnlockWindows, attemptsUsed: moves.attemptsUsed },
};
/** These show to learners, too, what they are given: what is theirs, `home` decides. */
const STUDENTS = {
  ...{ readTenant: tenants.readTenant, listExams: exams.listExams, readExam: exams.readExam },
  ...{ readBank: exams.readBank, readItems: exams.readItems, countedItems: exams.countedItems },
  ...{ readPicture: exams.readPicture, openMedia: learning.openMedia },
  examsOfVersions: exams.examsOfVersions,
};
/** What is a learner's own. */
const LEARNERS = {
  ...{ oneself: people.oneself, studiesOf: learning.studiesOf, progressOf: results.progressOf },
  ...{ homeOverview: home.homeOverview, openHomeFile: home.openHomeFile },
  ...{ openCourse: home.openCourse, reportLesson: home.reportLesson, answerQuestion: home.answerQuestion },
  ...{ beginMock: home.beginMock, readMock: home.readMock, answerMock: home.answerMock },
  ...{ flagMock: home.flagMock, endMock: home.endMock },
  ...{ rosterOfOneself: people.rosterOfOneself, resultsOfOneself: results.resultsOfOneself },
  sayAbsent: planning.sayAbsent,
  ...{ turnsOfOneself: planning.turnsOfOneself, slipOfOneself: planning.slipOfOneself },
  ...{ fileOfOneself: personFiles.fileOfOneself },
  ...{ appealsOfOneself: appeals.appealsOfOneself, appealOneself: appeals.appealOneself },
  ...{
    certificatesOfOneself: certificates.certificatesOfOneself,
    certificateFileOfOneself: certificates.certificateFileOfOneself,
    certificatePaperOfOneself: certificates.certificatePaperOfOneself,
  },
};
/** These name no tenant: what they are for is in the actor itself, and the types let no other kind in. */
const OF_ONE_KIND = {
  ...{
    assignmentFor: assignments.assignmentFor,
    takeBatch: results.takeBatch,
    noteRefused: results.noteRefused,
    keepReadiness: stations.keepReadiness,
    keepLedger: stations.keepLedger,
    tellTime: stations.tellTime,
    doubtRecords: stations.doubtRecords,
  },
  ...{ commandsFor: proctoring.commandsFor, settleCommand: proctoring.settleCommand },
  ...{ beginSitting: moves.beginSitting, sittingAt: moves.sittingAt, plannedFor: planning.plannedFor },
  ...{ claimSitting: moves.claimSitting, recentMoves: moves.recentMoves, putRescue: moves.putRescue },
  ...{ readRescue: moves.readRescue, rescuesFor: moves.rescuesFor },
  ...{ enrol: stations.enrol, grantsFor: stations.grantsFor },
  ...{ rotateKey: stations.rotateKey, freshKeySince: stations.freshKeySince },
  ...{ actingUnder: stations.actingUnder, heldGrants: stations.heldGrants },
  // Hashes and signatures, which anybody may see.
  ...{ newestHead: log.newestHead, newestCheckpoint: log.newestCheckpoint, consistency: log.consistency },
  ...{
    logEvidence: log.logEvidence,
    readEntries: log.readEntries,
    readTile: log.readTile,
    takeCosignatures: log.takeCosignatures,
  },
  logIssued: stations.logIssued,
  erasePhotos: people.erasePhotos,
  ...{ evidenceFor: evidence.evidenceFor, takeEvidence: evidence.takeEvidence },
  eraseOldEvidence: evidence.eraseOldEvidence,
  stationsWithout: stations.stationsWithout,
  // Numbers of the whole center.
  ...{ recordsToJudge: results.recordsToJudge, commandsWaiting: proctoring.commandsWaiting },
  countStations: stations.countStations,
  // An invitation and a session say whose they are.
  ...{ enterHome: home.enterHome, leaveHome: home.leaveHome },
  // A number that was drawn says of which one certificate it is; which are revoked, by places alone, anybody may know.
  ...{ lookUpCertificate: certificates.lookUpCertificate, readStatusList: certificates.readStatusList },
  // A receipt that a station signed says of which one result it is.
  ...{ heldResult: results.heldResult, appealsOfReceipt: appeals.appealsOfReceipt },
  ...{ addTenant: tenants.addTenant, addOperator: tenants.addOperator, hasTenants: tenants.hasTenants },
  ...{ addAdministrator: tenants.addAdministrator, listTenants: tenants.listTenants },
  ...{ listAdministrators: tenants.listAdministrators, endAdministrator: tenants.endAdministrator },
  ...{ readRetention: retention.readRetention, putRules: retention.putRules, listErasures: retention.listErasures },
  eraseByHand: retention.eraseByHand,
  // Who may what of a turn, its own test asks with each role.
  ...{ planTurn: planning.planTurn, changeTurn: planning.changeTurn, openTurn: planning.openTurn },
  ...{ closeTurn: planning.closeTurn, cancelTurn: planning.cancelTurn, moveTurn: planning.moveTurn },
  ...{ listTurns: planning.listTurns, readTurn: planning.readTurn, examsToPlan: planning.examsToPlan },
  ...{ enterTurn: planning.enterTurn, leaveTurn: planning.leaveTurn, listEntries: planning.listEntries },
  listSlips: planning.listSlips,
  ...{ listApplicants: planning.listApplicants, readBoard: planning.readBoard },
  ...{ roomOf: planning.roomOf, putRoom: planning.putRoom },
  // Roles of whoever logged in say where: center/platform-api/walk.test.ts asks with each.
  ...{ listOrganisations: organisations.listOrganisations, readOrganisation: organisations.readOrganisation },
  ...{ addOrganisation: organisations.addOrganisation, changeOrganisation: organisations.changeOrganisation },
  ...{ moveOrganisation: organisations.moveOrganisation, decideOrganisation: organisations.decideOrganisation },
  ...{ closeOrganisation: organisations.closeOrganisation, countOrganisations: organisations.countOrganisations },
  ...{ listJobs: jobs.listJobs, readJob: jobs.readJob, cancelJob: jobs.cancelJob, openJobFile: jobs.openJobFile },
  exportResults: results.exportResults,
  exportCertificates: certificates.exportCertificates,
  exportStatements: learning.exportStatements,
  ...{ listHooks: hooks.listHooks, addHook: hooks.addHook, endHook: hooks.endHook, testHook: hooks.testHook },
  listDeliveries: hooks.listDeliveries,
  firmCalled: organisations.firmCalled,
  ...{ importTree: organisations.importTree, putLists: organisations.putLists },
  ...{ registerOrganisation: organisations.registerOrganisation, registrationState: organisations.registrationState },
  ...{ exportBulletin: bulletin.exportBulletin, bulletinPeople: bulletin.bulletinPeople },
  exportBulletinLong: bulletin.exportBulletinLong,
  // center/platform-api/schedules.test.ts asks with each.
  ...{ listSchedules: schedules.listSchedules, addSchedule: schedules.addSchedule, endSchedule: schedules.endSchedule },
  ...{ trySchedule: schedules.trySchedule, readIssue: schedules.readIssue, bulletinWays: schedules.bulletinWays },
  ...{ readBulletin: bulletin.readBulletin, putWeights: bulletin.putWeights, placesWithin: organisations.placesWithin },
  // center/platform-api/evidence.test.ts asks with each.
  ...{ askForEvidence: evidence.askForEvidence, evidenceOfResult: evidence.evidenceOfResult },
  ...{ listKeys: evidence.listKeys, registerKey: evidence.registerKey, sealedPicture: evidence.sealedPicture },
  // center/platform-api/told-results.test.ts asks with each.
  ...{ importToldResults: toldResults.importToldResults, withdrawImport: toldResults.withdrawImport },
  ...{ listToldResults: toldResults.listToldResults, listToldImports: toldResults.listToldImports },
  ...{ toldOfPerson: toldResults.toldOfPerson, listCenters: toldResults.listCenters },
  ...{ nameCenter: toldResults.nameCenter, endCenter: toldResults.endCenter },
  suppliersWithin: organisations.suppliersWithin,
  // center/platform-api/results.test.ts asks with each.
  ...{ listResults: results.listResults, readResult: results.readResult, seenResult: results.seenResult },
  ...{ correctResult: results.correctResult, correctWithin: results.correctWithin },
  ...{ listAppeals: appeals.listAppeals, makeAppeal: appeals.makeAppeal, decideAppeal: appeals.decideAppeal },
  ...{ findPersons: personFiles.findPersons, personFacts: personFiles.personFacts, personFile: personFiles.personFile },
  ...{ personOrErased: personFiles.personOrErased, personPaper: personFiles.personPaper },
  makeAppealByReceipt: appeals.makeAppealByReceipt,
  // center/platform-api/certificates.test.ts asks with each.
  ...{
    listCertificatesWithin: certificates.listCertificatesWithin,
    readCertificateWithin: certificates.readCertificateWithin,
    certificateToGive: certificates.certificateToGive,
    revokeCertificateWithin: certificates.revokeCertificateWithin,
  },
  ...{ proofOfResult: results.proofOfResult, settleResult: results.settleResult },
  ...{ foundFirm: organisations.foundFirm, namePlatform: organisations.namePlatform },
  // Whoever logs in says who they are; whose reach an account or a token lies in, the accounts find out.
  ...{ logIn: accounts.logIn, answerFactor: accounts.answerFactor, askForPasskey: accounts.askForPasskey },
  ...{ readInvitation: accounts.readInvitation, acceptInvitation: accounts.acceptInvitation, setUp: accounts.setUp },
  ...{ beginTrip: accounts.beginTrip, logInFromCity: accounts.logInFromCity, linkCity: accounts.linkCity },
  ...{ changePassword: accounts.changePassword, beginTotp: accounts.beginTotp, confirmTotp: accounts.confirmTotp },
  ...{ beginPasskey: accounts.beginPasskey, addPasskey: accounts.addPasskey, beginLinking: accounts.beginLinking },
  ...{ logOut: accounts.logOut, endLogin: accounts.endLogin, listLogins: accounts.listLogins },
  ...{ listAccounts: accounts.listAccounts, invite: accounts.invite, setRoles: accounts.setRoles },
  ...{ endAccount: accounts.endAccount, recoverAccount: accounts.recoverAccount, addApproved: accounts.addApproved },
  ...{ addProgram: accounts.addProgram, listPrograms: accounts.listPrograms, endProgram: accounts.endProgram },
  ...{ offerSetUp: accounts.offerSetUp, recoverLogin: accounts.recoverLogin },
  // Whoever has a link to send their photo with says whose it is.
  ...{ readPhotoLink: people.readPhotoLink, sendPhoto: people.sendPhoto, takeOnFirm: accounts.takeOnFirm },
  ...{ setPin: people.setPin, openPageSession: tenants.openPageSession, signOut: tenants.signOut },
};
/** These find out who somebody is, or touch nothing of a tenant. */
const NO_USE_CASES = {
  // These name several tenants at once, and are refused where one of them is another's.
  ...{ readToSit: people.readToSit, readToLearn: learning.readToLearn, foldToSit: people.foldToSit },
  // Parts of a bulletin, which asks who is shown it.
  ...{ firmsToJoin: organisations.firmsToJoin, foldFirmFigures: bulletin.foldFirmFigures },
  foldTallies: results.foldTallies,
  ...{ participation: bulletin.participation, satWithin: results.satWithin },
  ...{ foldToLearn: learning.foldToLearn, readTallies: results.readTallies, readLearned: results.readLearned },
  ...{ stationKnows: stations.stationKnows, authenticate: stations.authenticate, tenantOfToken: tenants.tenantOfToken },
  ...{ operatorOfToken: accounts.operatorOfToken, sessionAtPages: accounts.sessionAtPages },
  ...{ couldMakeToken: accounts.couldMakeToken, mustBeFresh: accounts.mustBeFresh },
  ...{ signedInWith: home.signedInWith },
  // Within which firms the database is asked from there on.
  ...{ actingAs: tenants.actingAs, withinReach: organisations.withinReach },
  ...{ readingBehind: organisations.readingBehind, firmsGiven: stations.firmsGiven },
  ...{ administratorOfToken: tenants.administratorOfToken, pageSessionOf: tenants.pageSessionOf },
  ...{ formTokenOf: tenants.formTokenOf, guarded: tenants.guarded, mustFound: tenants.mustFound },
  ...{ refuseToken: tenants.refuseToken, mustName: tenants.mustName },
  ...{ limited: tenants.limited, mustReach: tenants.mustReach, reaches: tenants.reaches, reachOf: tenants.reachOf },
  ...{ planningAt: tenants.planningAt, onlooker: tenants.onlooker, proctoringAt: tenants.proctoringAt },
  namesAt: accounts.namesAt,
  ...{ rolesAt: tenants.rolesAt, standingAt: tenants.standingAt, mustKeepTree: tenants.mustKeepTree },
  // Parts of what `organisations` does, which asks who does it and writes it down.
  ...{ renameTenant: tenants.renameTenant, endAccess: tenants.endAccess },
  // What anybody may know, and where roles are kept.
  ...{ openPlaces: organisations.openPlaces, readLists: organisations.readLists },
  ...{ placesOf: organisations.placesOf, placeOfTenant: organisations.placeOfTenant },
  ...{ loginOf: accounts.loginOf, programOf: accounts.programOf, refuseProgram: accounts.refuseProgram },
  ...{ myself: accounts.myself, isSetUp: accounts.isSetUp, platformName: accounts.platformName },
  ...{ endTrip: accounts.endTrip, hashPassword: accounts.hashPassword },
  ...{ idsWithin: organisations.idsWithin, firmsWithin: organisations.firmsWithin },
  // These are told which firms somebody may see by whoever asked the tree.
  ...{ findPeopleWithin: people.findPeopleWithin, peopleWithin: people.peopleWithin, personKey: people.personKey },
  ...{ peopleOfNumbers: people.peopleOfNumbers, peopleOfMadeIds: people.peopleOfMadeIds, numberKey: people.numberKey },
  ...{ membershipsOfPeople: people.membershipsOfPeople, samePerson: people.samePerson },
  ...{ recordsOfPeople: results.recordsOfPeople, certificatesOfPeople: certificates.certificatesOfPeople },
  ...{ namesOfStations: stations.namesOfStations, listedAt: results.listedAt },
  ...{ ofAccount: tenants.ofAccount, ofAddress: tenants.ofAddress, makeDemoPin: people.makeDemoPin },
  // These are told who does something by whoever asks for it to be done.
  changingMany: audit.changingMany,
  ...{ changing: audit.changing, noteDone: audit.noteDone, lookedAt: audit.lookedAt },
  ...{ anchorAudit: audit.anchorAudit },
  ...{ mayActFor: tenants.mayActFor, mustActFor: tenants.mustActFor, mustManage: tenants.mustManage },
  ...{ mustBeShown: tenants.mustBeShown, mustLearn: tenants.mustLearn },
  ...{ mustRead: tenants.mustRead, makeOperatorToken: tenants.makeOperatorToken, hashPin: people.hashPin },
  ...{ openCenterKey: log.openCenterKey, openLogName: log.openLogName, openLog: log.openLog },
  ...{
    logEntries: log.logEntries,
    mustBeLogged: log.mustBeLogged,
    logIdentity: log.logIdentity,
    servedKeys: log.servedKeys,
    readCenterKeys: log.readCenterKeys,
    issuingKeyEnds: log.issuingKeyEnds,
    logProofOf: log.logProofOf,
  },
  // Whoever has the root does these, from the command line.
  ...{ issueKey: log.issueKey, revokeKey: log.revokeKey, takeRootOffline: log.takeRootOffline },
  ...{ askWitness: log.askWitness, keepAskingWitnesses: log.keepAskingWitnesses },
  // Judging is the program's own, and says so itself: it begins with the system.
  ...{ isSound: results.isSound, withCertificates: certificates.withCertificates },
  ...{ openJudging: results.openJudging, openSequencer: results.openSequencer, historySince: exams.historySince },
  ...{ clearMediaDrafts: learning.clearMediaDrafts, clearCourseDrafts: learning.clearCourseDrafts },
  ...{
    addJob: jobs.addJob,
    orderExport: jobs.orderExport,
    exportAgain: jobs.exportAgain,
    jobKey: jobs.jobKey,
    jobFilesNamed: jobs.jobFilesNamed,
    jobStandings: jobs.jobStandings,
    openJobs: jobs.openJobs,
    writeTable: jobs.writeTable,
  },
  ...{ happened: hooks.happened, hookDelivery: hooks.hookDelivery, signatureOf: hooks.signatureOf },
  certificatesExport: certificates.certificatesExport,
  ...{ bankReading: bankUploads.bankReading, withFileRead: bankUploads.withFileRead },
  ...{ clearBankUploads: bankUploads.clearBankUploads, uploadsNamed: bankUploads.uploadsNamed },
  statementsExport: learning.statementsExport,
  ...{ makeFile: bulletin.makeFile, bulletinTitle: bulletin.bulletinTitle, countIssues: schedules.countIssues },
  isLoginTaken: accounts.isLoginTaken,
  ...{ bulletinIssue: schedules.bulletinIssue, giveOutDue: schedules.giveOutDue },
  ...{ bulletinExport: bulletin.bulletinExport, actingNow: accounts.actingNow },
  ...{ resultsExport: results.resultsExport, tenantsWithin: organisations.tenantsWithin },
  // What is erased by rule the program does itself; each folder does its part for whoever asks for the whole.
  ...{ eraseDue: retention.eraseDue, erasing: retention.erasing, askForErasing: retention.askForErasing },
  ...{ eraseAgain: retention.eraseAgain, settleErasures: retention.settleErasures },
  ...{ erasureList: retention.erasureList, erasuresIn: retention.erasuresIn },
  ...{ countLeft: people.countLeft, someLeft: people.someLeft, forgetPeople: people.forgetPeople },
  ...{ lockRoster: people.lockRoster },
  ...{ erasedAt: people.erasedAt, erasedSince: people.erasedSince, sitsStill: moves.sitsStill },
  ...{ countUnusedLinks: people.countUnusedLinks, dropUnusedLinks: people.dropUnusedLinks },
  ...{ countUntaken: accounts.countUntaken, forgetUntaken: accounts.forgetUntaken, forgetHome: home.forgetHome },
  ...{ countLooks: audit.countLooks, forgetLooks: audit.forgetLooks, forgetSalts: audit.forgetSalts },
  ...{ forgetCertificates: certificates.forgetCertificates, isCertified: certificates.isCertified },
  ...{ appealWaits: appeals.appealWaits, forgetAppealsOf: appeals.forgetAppealsOf },
  ...{ forgetAppealNotes: results.forgetAppealNotes },
  ...{ countDecided: appeals.countDecided, forgetDecided: appeals.forgetDecided },
  ...{
    forgetEvidence: evidence.forgetEvidence,
    forgetTold: toldResults.forgetTold,
    forgetAbsences: planning.forgetAbsences,
  },
  ...{ placesOfPerson: results.placesOfPerson, isDisputed: results.isDisputed },
  ...{ isOnRoster: people.isOnRoster, whatIsWrong: people.whatIsWrong },
  // Backing up and bringing back, from the command line.
  ...{ mediaHashes: learning.mediaHashes, mediaKey: learning.mediaKey, mediaNamed: learning.mediaNamed },
  ...{ keptPhotos: people.keptPhotos, photosNamed: people.photosNamed, keyFiles: log.keyFiles },
  ...{
    logState: log.logState,
    markRestored: log.markRestored,
    goOn: log.goOn,
    mustGoOn: log.mustGoOn,
    logSize: log.logSize,
  },
  ...{ hasBegun: results.hasBegun, hasCompleted: results.hasCompleted },
  ...{
    hasRecord: results.hasRecord,
    ...{ readPlace: results.readPlace, writeCursor: results.writeCursor, turningFrom: results.turningFrom },
    mayHold: stations.mayHold,
    mustNotBeRevoked: stations.mustNotBeRevoked,
    endCommandsFor: proctoring.endCommandsFor,
    ...{ stationKeys: stations.stationKeys, whichSigned: stations.whichSigned },
    mustBePresentKey: stations.mustBePresentKey,
    tenantNames: tenants.tenantNames,
  },
};

const [ours, theirs] = [TenantId.parse('tn_ours'), TenantId.parse('tn_theirs')];
const station = (tenantId: TenantId) => ({ kind: 'station', tenantId, id: 'st_a' }) as ActingStation;
const actorsOf = (tenantId: TenantId): readonly Actor[] => [
  { kind: 'operator', tenantId },
  { kind: 'visitor', tenantId },
  station(tenantId),
  { kind: 'learner', tenantId, candidateId: CandidateId.parse('cd_a') },
];
const STRANGER: Actor = { kind: 'stranger' };

/** A center that nobody may ask anything: a refusal comes first. */
const untouched = {
  query() {
    throw new Error('the database was asked');
  },
};
const nothing = { ...untouched, db: untouched, signer: {}, now: () => new Date() };

type UseCase = (actor: never, on: never, tenantId: never, ...rest: never[]) => Promise<unknown>;
const callFor = (useCase: unknown, actor: Actor, tenantId: TenantId): Promise<unknown> =>
  (useCase as UseCase)(actor as never, nothing as never, tenantId as never, {} as never, {} as never);
const REFUSED = { reason: 'unauthorised' };

const OF_A_TENANT = { ...MANAGERS, ...READERS, ...MEMBERS, ...STUDENTS, ...LEARNERS };

function refusedBy(name: string): readonly Actor['kind'][] {
  if (name in MANAGERS) return ['visitor', 'station', 'learner'];
  if (name in READERS) return ['station', 'learner'];
  if (name in MEMBERS) return ['learner'];
  return name in LEARNERS ? ['operator', 'visitor', 'station'] : [];
}

test('every use case is in one of the lists', () => {
  const faces = [
    accounts,
    appeals,
    assignments,
    audit,
    bankUploads,
    bulletin,
    certificates,
    evidence,
    exams,
    home,
    hooks,
    jobs,
    learning,
    log,
    moves,
    organisations,
    people,
    planning,
    personFiles,
    proctoring,
    results,
    schedules,
    retention,
    stations,
    tenants,
    toldResults,
  ];
  const offered = faces.flatMap((face) => Object.entries(face).filter(([, what]) => typeof what === 'function'));
  const listed = { ...OF_A_TENANT, ...OF_ONE_KIND, ...NO_USE_CASES };
  expect(Object.keys(listed).sort()).toEqual(offered.map(([name]) => name).sort());
});

describe.each(Object.entries(OF_A_TENANT))('%s', (name, useCase) => {
  test('is refused to whoever is of another tenant, and to strangers, before anything is read', async () => {
    for (const actor of [...actorsOf(theirs), STRANGER])
      await expect(callFor(useCase, actor, ours), actor.kind).rejects.toMatchObject(REFUSED);
  });

  test('is refused to kinds that it is not for', async () => {
    const refused = refusedBy(name);
    for (const actor of actorsOf(ours)) {
      const said = await callFor(useCase, actor, ours).catch((error: unknown) => error);
      if (refused.includes(actor.kind)) expect(said, actor.kind).toMatchObject(REFUSED);
      else expect(said, actor.kind).not.toMatchObject(REFUSED);
    }
  });
});

test('the types let no station and no visitor do what an operator does, and nobody speak for a station', () => {
  const wrong = (db: Queries, visitor: Visitor, center: never, some: never) => [
    // @ts-expect-error a station changes no exams
    () => exams.putExam(station(ours), db, ours, some),
    // @ts-expect-error a station puts no courses
    () => learning.putCourse(station(ours), db, ours, some, new Date()),
    // @ts-expect-error a visitor changes no people
    () => people.putCandidate(visitor, db, ours, some),
    // @ts-expect-error a station gives no commands
    () => proctoring.giveCommand(station(ours), center, ours, some),
    // @ts-expect-error a station sees no results but its own
    () => results.readRecords(station(ours), db, ours, 1),
    // @ts-expect-error an operator hands in for no station
    () => results.takeBatch({ kind: 'operator', tenantId: ours }, center, some, some),
    // @ts-expect-error an operator makes no tenants
    () => tenants.addTenant({ kind: 'operator', tenantId: ours }, db, some),
    // @ts-expect-error a visitor names no firm
    () => organisations.nameFirm(visitor, db, ours, '乙'),
    // @ts-expect-error a stranger sees nothing
    () => exams.listExams({ kind: 'stranger' }, db, ours),
  ];
  expect(wrong).toBeTypeOf('function');
});

test('a firm comes with its place in the tree, and in no other way', () => {
  const adding = globSync('**/*.ts', { cwd: import.meta.dirname, exclude: ['node_modules/**'] })
    .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('tenants'))
    .filter((file) => /await addTenant\(/.test(readFileSync(join(import.meta.dirname, file), 'utf8')));
  expect(adding).toEqual([join('organisations', 'adding.ts')]);
});

test('each kind of actor is made in one place', () => {
  const made = globSync('**/*.ts', { cwd: import.meta.dirname, exclude: ['node_modules/**', 'testing/**'] })
    .filter((file) => !file.endsWith('.test.ts') && file !== join('tenants', 'actor.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(import.meta.dirname, file), 'utf8');
      // `{ kind, id }` is what something was done to.
      const kinds = text.matchAll(/\bkind: '(operator|visitor|station|learner|stranger|account|system)'(?!, id)/g);
      return [...kinds].map(([, kind]) => `${kind} in ${file.split(sep).join('/')}`);
    });
  expect(made.sort()).toEqual([
    'account in accounts/acting-now.ts',
    'account in platform-api/authenticate.ts',
    'learner in home-api/authenticate.ts',
    'operator in console/authenticate.ts',
    'operator in tenants/reach.ts',
    'operator in web/authenticate.ts',
    'station in stations/authenticate.ts',
    'stranger in http/stranger.ts',
    'system in accounts/set-up.ts',
    'system in seed/first-start.ts',
    'visitor in tenants/reach.ts',
    'visitor in web/authenticate.ts',
  ]);
});
