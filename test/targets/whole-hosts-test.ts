/** Whether the slow part of the test of target hosts was asked for: `npm run test:hosts`. */
export const wholeHostsTest: boolean = process.env.MPPS_TEST_HOSTS === '1';
