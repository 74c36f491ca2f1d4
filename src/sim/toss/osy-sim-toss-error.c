/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The table of errors of Toss Payments: code, HTTP status and words. */

#include "osy-sim-toss-error.h"

#include "osy-json.h"

#define LATER_KO "잠시 후 다시 시도해주세요."

static const OsySimTossError errors[] = {
    /* any call */
    {"INVALID_REQUEST", 400, "잘못된 요청입니다.", "The bad request."},
    {"INVALID_API_KEY", 400, "잘못된 시크릿키 연동 정보 입니다.", "Incorrect secret key."},
    {"INVALID_IDEMPOTENCY_KEY", 400, "멱등키는 300자 이하여야 합니다.",
     "Idempotency key too long."},
    {"UNAUTHORIZED_KEY", 401, "인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.",
     "Unauthorized secretKey or clientKey."},
    {"INCORRECT_BASIC_AUTH_FORMAT", 403, "잘못된 요청입니다. ':' 를 포함해 인코딩해주세요.",
     "Bad request. Please encode including ':'"},
    {"FORBIDDEN_REQUEST", 403, "허용되지 않은 요청입니다.", "Not allowed request."},
    {"NOT_FOUND", 404, "존재하지 않는 정보 입니다.", "Not found."},
    {"IDEMPOTENT_REQUEST_PROCESSING", 409, "이전 멱등 요청이 처리중입니다. " LATER_KO,
     "The previous idempotent request is being processed."},
    {"TOO_MANY_REQUESTS", 429, "요청이 너무 많습니다. " LATER_KO, "Too many requests."},
    {"FAILED_INTERNAL_SYSTEM_PROCESSING", 500, "내부 시스템 처리 작업이 실패했습니다. " LATER_KO,
     "Internal system processing operation has failed. Please try again in a few minutes."},
    /* confirming */
    {"ALREADY_PROCESSED_PAYMENT", 400, "이미 처리된 결제 입니다.", "Already processed payment."},
    {"DUPLICATED_ORDER_ID", 400, "이미 승인 및 취소가 진행된 중복된 주문번호 입니다.",
     "The order id was used before."},
    {"PROVIDER_ERROR", 400, "일시적인 오류가 발생했습니다. " LATER_KO, "Temporary error occurred."},
    {"BELOW_MINIMUM_AMOUNT", 400,
     "신용카드는 결제금액이 100원 이상, 계좌는 200원이상부터 가능합니다.",
     "Below the minimum amount."},
    {"EXCEED_MAX_CARD_INSTALLMENT_PLAN", 400, "설정 가능한 최대 할부 개월 수를 초과했습니다.",
     "Exceeded the maximum installment plan."},
    {"NOT_ALLOWED_POINT_USE", 400, "포인트 사용이 불가한 카드입니다.", "Points cannot be used."},
    {"INVALID_REJECT_CARD", 400, "카드 사용이 거절되었습니다.", "The card was refused."},
    {"INVALID_CARD_EXPIRATION", 400, "카드 정보를 다시 확인해주세요.", "Check the card."},
    {"INVALID_STOPPED_CARD", 400, "정지된 카드 입니다.", "The card is stopped."},
    {"EXCEED_MAX_DAILY_PAYMENT_COUNT", 400, "하루 결제 가능 횟수를 초과했습니다.",
     "Exceeded the daily number of payments."},
    {"INVALID_CARD_LOST_OR_STOLEN", 400, "분실 혹은 도난 카드입니다.", "Lost or stolen card."},
    {"RESTRICTED_TRANSFER_ACCOUNT", 400, "계좌는 등록 후 12시간 뒤부터 결제할 수 있습니다.",
     "The account cannot be used yet."},
    {"INVALID_CARD_NUMBER", 400, "카드번호를 다시 확인해주세요.", "Check the card number."},
    {"INVALID_PASSWORD", 400, "결제 비밀번호가 일치하지 않습니다.", "Wrong password."},
    {"EXCEED_MAX_PAYMENT_AMOUNT", 400, "하루 결제 가능 금액을 초과했습니다.",
     "Exceeded the daily amount."},
    {"REJECT_ACCOUNT_PAYMENT", 403, "잔액부족으로 결제에 실패했습니다.", "Not enough balance."},
    {"REJECT_CARD_PAYMENT", 403, "한도초과 혹은 잔액부족으로 결제에 실패했습니다.",
     "Limit exceeded or not enough balance."},
    {"REJECT_CARD_COMPANY", 403, "결제 승인이 거절되었습니다.", "The card company refused."},
    {"EXCEED_MAX_AUTH_COUNT", 403, "최대 인증 횟수를 초과했습니다.", "Too many attempts."},
    {"EXCEED_MAX_ONE_DAY_AMOUNT", 403, "일일 한도를 초과했습니다.", "Exceeded the daily limit."},
    {"NOT_AVAILABLE_BANK", 403, "은행 서비스 시간이 아닙니다.", "The bank is closed."},
    {"FDS_ERROR", 403, "위험거래가 감지되어 결제가 제한됩니다.", "A risk was found."},
    {"NOT_FOUND_PAYMENT", 404, "존재하지 않는 결제 정보 입니다.", "Not found payment."},
    {"NOT_FOUND_PAYMENT_SESSION", 404, "결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.",
     "The payment session is over."},
    {"EXPIRED_PAYMENT", 404, "결제 시간이 만료되었습니다.", "The payment time is over."},
    {"FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING", 500,
     "결제가 완료되지 않았어요. 다시 시도해주세요.", "The payment was not completed."},
    {"UNKNOWN_PAYMENT_ERROR", 500, "결제에 실패했어요.", "The payment failed."},
    {"CARD_PROCESSING_ERROR", 500, "카드사에서 오류가 발생했습니다.", "Error at the card company."},
    /* cancelling */
    {"ALREADY_CANCELED_PAYMENT", 400, "이미 취소된 결제 입니다.", "Already canceled payment."},
    {"INVALID_REFUND_ACCOUNT_INFO", 400, "환불 계좌번호와 예금주명이 일치하지 않습니다.",
     "The holder does not match the account."},
    {"INVALID_REFUND_ACCOUNT_NUMBER", 400, "잘못된 환불 계좌번호입니다.", "Wrong account number."},
    {"INVALID_BANK", 400, "유효하지 않은 은행입니다.", "Invalid bank."},
    {"NOT_MATCHES_REFUNDABLE_AMOUNT", 400, "잔액 결과가 일치하지 않습니다.",
     "The refundable amount differs."},
    {"EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT", 400,
     "즉시할인금액보다 적은 금액은 부분취소가 불가능합니다.", "Less than the discount."},
    {"REFUND_REJECTED", 400, "환불이 거절됐습니다.", "The refund was refused."},
    {"ALREADY_REFUND_PAYMENT", 400, "이미 환불된 결제입니다.", "Already refunded."},
    {"FORBIDDEN_BANK_REFUND_REQUEST", 400, "고객 계좌가 입금이 되지 않는 상태입니다.",
     "The account takes no deposit."},
    {"NOT_CANCELABLE_AMOUNT", 403, "취소 할 수 없는 금액 입니다.", "Amount cannot be canceled."},
    {"NOT_CANCELABLE_PAYMENT", 403, "취소 할 수 없는 결제 입니다.", "Payment cannot be canceled."},
    {"FORBIDDEN_CONSECUTIVE_REQUEST", 403, "반복적인 요청은 허용되지 않습니다. " LATER_KO,
     "Repeated requests are not allowed."},
    {"EXCEED_MAX_REFUND_DUE", 403, "환불 가능한 기간이 지났습니다.", "Too late for a refund."},
    {"NOT_ALLOWED_PARTIAL_REFUND", 403, "부분 환불이 불가합니다.", "No partial refund."},
    {"NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT", 403,
     "입금 대기중인 결제는 부분 환불이 불가합니다.", "No partial refund before the deposit."},
    {"NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER", 403,
     "휴면 처리된 회원의 결제는 취소할 수 없습니다.", "The customer is dormant."},
    {"EXCEED_CANCEL_LIMIT", 403, "취소 한도를 초과했습니다.", "Exceeded the cancel limit."},
    {"FAILED_REFUND_PROCESS", 500,
     "은행 응답시간 지연이나 일시적인 오류로 환불요청에 실패했습니다.", "The refund failed."},
    {"FAILED_METHOD_HANDLING_CANCEL", 500,
     "취소 중 결제 시 사용한 결제 수단 처리과정에서 오류가 발생했습니다.",
     "The method failed while cancelling."},
    {"FAILED_PARTIAL_REFUND", 500, "은행 점검, 해약 계좌 등의 사유로 부분 환불이 실패했습니다.",
     "The partial refund failed."},
    {"COMMON_ERROR", 500, "일시적인 오류가 발생했습니다. " LATER_KO, "Temporary error occurred."},
    /* cash receipts */
    {"INVALID_CUSTOMER_IDENTITY_NUMBER", 400, "현금영수증 발급 정보를 확인해주세요.",
     "Check whom the receipt is for."},
    {"NOT_FOUND_CASH_RECEIPT", 404, "존재하지 않는 현금영수증 입니다.", "Not found receipt."},
    {"ALREADY_CANCELED_CASH_RECEIPT", 400, "이미 취소된 현금영수증 입니다.", "Already canceled."},
};

const OsySimTossError *
osy_sim_toss_error_find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_strcmp0 (errors[i].code, code) == 0)
      return &errors[i];
  return NULL;
}

char *
osy_sim_toss_error_print (const OsySimTossError *error, gboolean english)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  json_object_set_string_member (object, "code", error->code);
  json_object_set_string_member (object, "message", english ? error->en : error->ko);
  return osy_json_print (node);
}
